import type { Incident, Severity } from "../../../functions/Dashboard/src/api/types";
import { act } from "./acts";
import { classHoursOf, deviceHoursOf, timelineOf } from "./activity";
import { channels, models } from "./data";
import { detailOf } from "./detail";
import type { FakeHost } from "./FakeHost";

/** Answered as a problem. */
export class Refusal extends Error {
  constructor(readonly status: number, message: string) { super(message); }
}

export interface Answer { value: unknown; status?: number; headers?: Record<string, string> }

const levels: Severity[] = ["Low", "Medium", "High", "Critical"];

function page<T>(items: T[], asked: URLSearchParams): { items: T[]; next: string | null } {
  const after = Number(asked.get("after") ?? 0);
  const limit = Number(asked.get("limit") ?? 50);
  return { items: items.slice(after, after + limit), next: after + limit < items.length ? String(after + limit) : null };
}

function incidents(host: FakeHost, asked: URLSearchParams): Incident[] {
  const wanted = (name: string, value: string | null | undefined) => !asked.get(name) || asked.get(name) === value;
  const found = host.incidents.filter(i => (asked.get("open") === null || asked.get("open") === String(!i.closedAt)) && wanted("ward", i.device.ward) && wanted("kind", i.kind)
    && wanted("deviceId", i.device.id) && wanted("class", i.suspected?.name) && wanted("disposition", i.disposition) && levels.indexOf(i.severity) >= levels.indexOf((asked.get("severity") ?? "Low") as Severity));
  switch (asked.get("sort")) {
    case "Severity": return found.sort((a, b) => levels.indexOf(b.severity) - levels.indexOf(a.severity));
    case "Score": return found.sort((a, b) => Number(b.highestScore) - Number(a.highestScore));
    case "LastSeenAt": return found.sort((a, b) => b.lastSeenAt.localeCompare(a.lastSeenAt));
    default: return found;
  }
}

export function incidentOf(host: FakeHost, id: string): Incident {
  const incident = host.incidents.find(i => i.id === id);
  if (!incident) throw new Refusal(404, `there is no incident ${id}`);
  return incident;
}

export function answer(host: FakeHost, method: string, path: string, asked: URLSearchParams, body: Record<string, unknown>, match: string | undefined): Answer {
  if (method === "POST") return act(host, path, body, match);
  const since = host.incidents.filter(i => i.openedAt >= (asked.get("from") ?? ""));
  const [, what, id, part] = path.split("/").map(decodeURIComponent);
  switch (what) {
    case "me": return { value: { name: "m.keller", role: "Admin", loopback: !host.options.key } };
    case "overview": return { value: host.overview() };
    case "devices": return { value: page(host.devices, asked) };
    case "incidents":
      if (!id) return { value: page(incidents(host, asked), asked) };
      if (part === "learn") return { value: learning(host, incidentOf(host, id)) };
      if (part === "evidence") return { value: "pcap" };
      return { value: detailOf(incidentOf(host, id), host.incidents, host.suppressions, host.notes.get(id) ?? []), headers: { ETag: `"${incidentOf(host, id).version}"` } };
    case "suppressions": return { value: host.suppressions.filter(s => asked.get("all") === "true" || s.active) };
    case "timeline": return { value: timelineOf(since) };
    case "activity": return { value: id === "devices" ? deviceHoursOf(since, Number(asked.get("most") ?? 50)) : classHoursOf(since) };
    case "models": return { value: host.options.calm ? [] : models };
    case "notifications":
      if (id === "channels") return { value: host.options.calm ? [] : channels };
      return { value: page(host.notifications.filter(n => !asked.get("state") || n.state === asked.get("state")), asked) };
    case "outbox": if (host.outbox) return { value: host.outbox };
  }
  throw new Refusal(404, `there is no ${path}`);
}

export function silences(host: FakeHost) {
  const closedAsAttack = host.options.attacksInHistory ?? [];
  const silenced = [...closedAsAttack, ...host.incidents.filter(i => i.disposition === "FalseAlarm").slice(0, 4).map(i => i.id)];
  return { incidents: silenced.length, of: 60, silenced, closedAsAttack };
}

const learning = (host: FakeHost, i: Incident) =>
  ({ behaviour: { segments: 12, scoreLimit: 31.4, rateLimit: 120, silenceLimitSeconds: i.kind === "Silence" ? 60 : null }, silences: silences(host) });
