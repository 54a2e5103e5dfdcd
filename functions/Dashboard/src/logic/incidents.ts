import type { Incident, Overview, TimelineEntry } from "../api/types";
import { title, words } from "./format";

/** What an incident looks like, in a few words. */
export const likeness = (i: Incident): string => title(i.suspected?.name ?? ({ Silence: "silence", SkippedTraffic: "skipped traffic", Behaviour: "unusual traffic" }[i.kind]));

/** The summary without its beginning, which names the device, where that stands beside it. */
export function cause(i: Incident): string {
  const [named, ...rest] = i.summary.split(": ");
  if (rest.length) return rest.join(": ");
  return named!.startsWith(i.device.id) ? title(named!.slice(i.device.id.length).replace(/^ \([^)]*\)/, "").trim()) : named!;
}

export type Standing = "Open" | "Acknowledged" | "Closed";

export const standing = (i: Incident): Standing => (i.closedAt ? "Closed" : i.acknowledgedBy ? "Acknowledged" : "Open");

/** Where an incident stands, in words. */
export function standingText(i: Incident): string {
  switch (standing(i)) {
    case "Closed": return title(words(i.disposition ?? "closed"));
    case "Acknowledged": return `${i.acknowledgedBy} is looking`;
    default: return i.suppressedBy ? "Open, nobody told" : "Open";
  }
}

/** What was fetched, where the stream has told nothing newer. */
export function newest(fetched: readonly Incident[], told: ReadonlyMap<string, Incident>): Incident[] {
  return fetched.map(i => { const newer = told.get(i.id); return newer && newer.version > i.version ? newer : i; });
}

export const openCount = (overview: Overview | null): number =>
  overview ? Object.values(overview.open).reduce<number>((sum, n) => sum + (n ?? 0), 0) : 0;

export const openOf = (overview: Overview, severity: string): number => overview.open[severity] ?? overview.open[severity.toLowerCase()] ?? 0;

export interface TimelineGroup { first: TimelineEntry; entries: TimelineEntry[] }

/** Draws neighbours of one type together, as long as nobody wrote anything: fifty strange segments are one line. */
export function groupTimeline(timeline: readonly TimelineEntry[]): TimelineGroup[] {
  const groups: TimelineGroup[] = [];
  for (const entry of timeline) {
    const last = groups.at(-1);
    if (last && last.first.type === entry.type && !entry.by && !last.first.by) last.entries.push(entry);
    else groups.push({ first: entry, entries: [entry] });
  }
  return groups;
}
