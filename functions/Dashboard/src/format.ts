const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

export const count = (value: number): string => whole.format(value);

/** A quantity in its unit, as the explanations write it. */
export function quantity(value: number, unit: string): string {
  if (unit === "share") return `${Math.round(100 * value)} %`;
  const text = Math.abs(value) >= 100 ? whole.format(value) : short.format(value);
  return ["count", "packets/s", ""].includes(unit) ? text : `${text} ${unit}`;
}

/** Two decimals tell scores apart; they arrive as text where they are no finite number. */
export const score = (value: number | string | null): string => (typeof value === "number" ? value.toFixed(value < 100 ? 2 : 0) : value ?? "–");

export const percent = (value: number): string => `${short.format(100 * value)} %`;

/** `2026-01-31 12:34:56`, UTC as everywhere. */
export const time = (iso: string | null): string => (iso ? iso.slice(0, 19).replace("T", " ") : "–");

export const timeOfDay = (iso: string | null): string => (iso ? iso.slice(11, 19) : "–");

const units: [number, string][] = [[86400, "d"], [3600, "h"], [60, "m"], [1, "s"]];

/** How long before `now`, in the largest fitting unit; both in traffic time. */
export function ago(iso: string | null, now: string | null): string {
  if (!iso || !now) return "–";
  const seconds = Math.max(0, (Date.parse(now) - Date.parse(iso)) / 1000);
  if (seconds < 1) return "now";
  const [size, unit] = units.find(([size]) => seconds >= size)!;
  return `${Math.floor(seconds / size)}${unit}`;
}

/** `TrueAttack` as `true attack`. */
export const words = (name: string): string => name.replace(/(?<!^)([A-Z])/g, " $1").toLowerCase();

/** The first letter large. */
export const title = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
