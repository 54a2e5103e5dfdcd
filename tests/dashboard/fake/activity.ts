import type { ClassHour, DeviceHour, Incident, Minute } from "../../../functions/Dashboard/src/api/types";

function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const rowsOfKey = groups.get(key(row));
    if (rowsOfKey) rowsOfKey.push(row); else groups.set(key(row), [row]);
  }
  return groups;
}

const group = <T, R>(rows: readonly T[], key: (row: T) => string, make: (rows: T[]) => R): R[] => [...grouped(rows, key).values()].map(make);
const strange = (rows: readonly Incident[]): number => rows.reduce((sum, i) => sum + i.segments, 0);
const hour = (i: Incident): string => `${i.openedAt.slice(0, 13)}:00:00Z`;

/** What the activity routes answer, folded from the incidents. */
export function timelineOf(incidents: readonly Incident[]): Minute[] {
  return group([...incidents].reverse(), i => i.openedAt.slice(0, 16), rows => ({
    minute: `${rows[0]!.openedAt.slice(0, 16)}:00Z`, incidentsOpened: rows.length, strangeSegments: strange(rows), devicesSilent: rows.filter(i => i.kind === "Silence").length, suspected: {},
  }));
}

export function deviceHoursOf(incidents: readonly Incident[], most: number): DeviceHour[] {
  const busiest = new Set(group(incidents, i => i.device.id, rows => rows).sort((a, b) => strange(b) - strange(a)).slice(0, most).map(rows => rows[0]!.device.id));
  return group(incidents.filter(i => busiest.has(i.device.id)), i => `${i.device.id} ${hour(i)}`, rows => ({
    deviceId: rows[0]!.device.id, ward: rows[0]!.device.ward, hour: hour(rows[0]!), incidents: rows.length, strangeSegments: strange(rows),
  }));
}

export function classHoursOf(incidents: readonly Incident[]): ClassHour[] {
  return group(incidents, i => `${i.suspected?.name ?? ""} ${hour(i)}`, rows => ({
    class: rows[0]!.suspected?.name ?? null, technique: rows[0]!.suspected?.technique ?? null, hour: hour(rows[0]!), incidents: rows.length, strangeSegments: strange(rows),
  }));
}
