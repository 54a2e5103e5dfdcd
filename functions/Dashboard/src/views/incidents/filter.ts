import { query } from "../../api/client";
import { words } from "../../logic/format";

type Options = readonly (readonly [value: string, name: string])[];

export const standings: Options = [["", "Open"], ["closed", "Closed"], ["all", "Open and closed"]];
export const kinds: Options = [["", "Any kind"], ["Behaviour", "Behaviour"], ["Silence", "Silence"], ["SkippedTraffic", "Skipped traffic"]];
export const severities: Options = [["", "Any severity"], ["Medium", "Medium or more"], ["High", "High or more"], ["Critical", "Critical"]];
export const dispositions: Options = [["", "Closed as anything"], ...["TrueAttack", "Malfunction", "FalseAlarm", "Maintenance"].map(d => [d, `Closed as ${words(d)}`] as const)];
export const sorts: Options = [["", "Newest first"], ["LastSeenAt", "Last seen first"], ["Severity", "Most severe first"], ["Score", "Highest score first"]];
export const names = ["state", "ward", "kind", "severity", "disposition", "class", "deviceId", "sort"] as const;

export type IncidentFilter = Record<(typeof names)[number], string>;

export const readFilter = (asked: URLSearchParams): IncidentFilter => Object.fromEntries(names.map(n => [n, asked.get(n) ?? ""])) as IncidentFilter;

const pageSize = 200;

export function pathOf({ state, sort, ...filter }: IncidentFilter): string {
  return `/incidents${query({ ...filter, open: state === "all" ? null : state !== "closed", sort: sort || "OpenedAt", limit: pageSize })}`;
}
