import type { ClassHour, DeviceHour, Minute } from "../api/types";
import { count, plural } from "./format";
import { sums } from "./patterns";
import { techniqueText } from "./techniques";

const total = <T>(rows: readonly T[], value: (row: T) => number): number => rows.reduce((sum, row) => sum + value(row), 0);

/** The most frequent few in words: `a 12, b 7 and 3 more`. */
function most(sums: ReadonlyMap<string, number>): string {
  const sorted = [...sums].sort((a, b) => b[1] - a[1]);
  const rest = sorted.length - 5;
  return sorted.slice(0, 5).map(([name, n]) => `${name} ${count(n)}`).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

export const describeFrequency = (rows: readonly Minute[]): string =>
  `${plural(total(rows, r => r.strangeSegments), "strange segment")} and ${plural(total(rows, r => r.incidentsOpened), "incident")} in ${plural(rows.length, "minute")} in which something was strange.`;

export const describeDevices = (rows: readonly DeviceHour[]): string => `Strange segments by device: ${most(sums(rows, r => r.deviceId, r => r.strangeSegments))}.`;

export const describeClasses = (rows: readonly ClassHour[]): string => `Strange segments by suspected class: ${most(sums(rows, r => r.class ?? "not named", r => r.strangeSegments))}.`;

export const describeTechniques = (rows: readonly ClassHour[]): string =>
  `Incidents by technique: ${most(sums(rows, r => (r.technique ? techniqueText(r.technique) : "not named"), r => r.incidents))}.`;
