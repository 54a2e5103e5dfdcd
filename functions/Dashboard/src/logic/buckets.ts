const hourMs = 3_600_000;
const mostBuckets = 200;

export interface Buckets { keys: string[]; keyOf: (hour: string) => string; labels: string[] }

/** Draws hours without gaps from the first to the last; days where hours would be too many. */
export function bucketsOf(hours: readonly string[]): Buckets {
  const times = hours.map(h => Date.parse(h));
  const first = Math.min(...times);
  const last = Math.max(...times);
  if (!times.length) return { keys: [], keyOf: h => h, labels: [] };
  const size = (last - first) / hourMs < mostBuckets ? hourMs : 24 * hourMs;
  const start = Math.floor(first / size) * size;
  const keys: string[] = [];
  for (let t = start; t <= last && keys.length < 2 * mostBuckets; t += size) keys.push(new Date(t).toISOString());
  const daily = size > hourMs;
  return {
    keys,
    keyOf: hour => new Date(Math.floor(Date.parse(hour) / size) * size).toISOString(),
    labels: keys.map(k => (daily ? k.slice(5, 10) : `${k.slice(5, 10)} ${k.slice(11, 13)}h`)),
  };
}
