import type { Minute } from "../api/types";

const hourMs = 3_600_000;
const mostBuckets = 200;

export interface Buckets { keys: string[]; keyOf: (hour: string) => string; labels: string[] }

/** Draws hours without gaps from the first to the last; days where hours would be too many. */
export function bucketsOf(hours: readonly string[]): Buckets {
  const times = hours.map(h => Date.parse(h));
  const first = times.reduce((a, b) => Math.min(a, b), Infinity);
  const last = times.reduce((a, b) => Math.max(a, b), -Infinity);
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

const minuteMs = 60_000;
const binMinutes = [1, 5, 15, 30, 60, 180, 360, 1440, 10_080];
const mostBins = 120;

export interface Bin { begin: number; strange: number; incidents: number }

/** Draws minutes together, so that there are few enough bars to see; empty ones between are there as well. */
export function binned(minutes: readonly Minute[]): Bin[] {
  if (!minutes.length) return [];
  const times = minutes.map(m => Date.parse(m.minute));
  const first = times.reduce((a, b) => Math.min(a, b));
  const last = times.reduce((a, b) => Math.max(a, b));
  const size = minuteMs * (binMinutes.find(n => (last - first) / (n * minuteMs) < mostBins) ?? binMinutes.at(-1)!);
  const start = Math.floor(first / size) * size;
  const bins: Bin[] = Array.from({ length: Math.floor((last - start) / size) + 1 }, (_, n) => ({ begin: start + n * size, strange: 0, incidents: 0 }));
  minutes.forEach((m, n) => {
    const bin = bins[Math.floor((times[n]! - start) / size)]!;
    bin.strange += m.strangeSegments;
    bin.incidents += m.incidentsOpened;
  });
  return bins;
}
