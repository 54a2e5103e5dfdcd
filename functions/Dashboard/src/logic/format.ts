const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const compactForm = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

export const count = (value: number): string => whole.format(value);

/** `12,345` as `12.3K`, for places of a fixed width. */
export const compact = (value: number): string => compactForm.format(value);

/** A quantity in its unit, as the explanations write it. */
export function quantity(value: number, unit: string): string {
  if (unit === "share") return `${short.format(100 * value)} %`;
  const text = Math.abs(value) >= 100 ? whole.format(value) : short.format(value);
  return ["count", "packets/s", ""].includes(unit) ? text : `${text} ${unit}`;
}

/** Scores may be infinite, which the API writes as words. */
export const score = (value: number | string | null | undefined): string => (typeof value === "number" ? number(value) : value === "Infinity" ? "∞" : value ?? "–");

const number = (value: number): string => (Math.abs(value) >= 10_000 ? compact(value) : short.format(value));

export const percent = (share: number): string => `${short.format(100 * share)} %`;

/** How the observed compares with the expected: `× 16`, `÷ 4`, `from none`, `as usual`. */
export function ratio(observed: number, expected: number): string {
  if (Math.abs(observed - expected) <= 0.005 * Math.abs(expected)) return "as usual";
  if (expected === 0) return "from none";
  if (observed === 0) return "to none";
  const factor = observed / expected;
  if (factor < 0) return observed > expected ? "higher" : "lower";
  return factor >= 1 ? `× ${times(factor)}` : `÷ ${times(1 / factor)}`;
}

const times = (factor: number): string => (factor < 10 ? (Math.round(10 * factor) / 10).toString() : compact(factor));

/** `2026-01-31 12:34:56`, UTC as everywhere. */
export const time = (iso: string | null | undefined): string => (iso ? iso.slice(0, 19).replace("T", " ") : "–");

export const timeOfDay = (iso: string | null | undefined): string => (iso ? iso.slice(11, 19) : "–");

const units: [number, string][] = [[86_400, "d"], [3600, "h"], [60, "min"], [1, "s"]];

/** A length of time in its largest fitting unit. */
export function span(seconds: number): string {
  const [size, unit] = units.find(([size]) => seconds >= size) ?? [1, "s"];
  return `${Math.floor(seconds / size)} ${unit}`;
}

const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

/** How long before `now`; both in traffic time. */
export function ago(iso: string | null | undefined, now: string | null): string {
  if (!iso || !now) return "–";
  const seconds = secondsBetween(iso, now);
  return seconds < 1 ? "now" : `${span(seconds)} ago`;
}

/** How long after `now`; both in traffic time. */
export function left(iso: string, now: string | null): string {
  if (!now) return "–";
  const seconds = secondsBetween(now, iso);
  return seconds <= 0 ? "over" : `${span(seconds)} left`;
}

/** How long after the beginning something was: `+2 min`. */
export function offset(iso: string, begin: string): string {
  const seconds = secondsBetween(begin, iso);
  return seconds < 1 ? "+0 s" : `+${span(seconds)}`;
}

/** `TrueAttack` as `true attack`. */
export const words = (name: string): string => name.replace(/(?<!^)([A-Z])/g, " $1").toLowerCase();

/** The first letter large. */
export const title = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;
