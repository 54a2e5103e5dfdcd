import type { Incident, IncidentDetail, Suppression, TimelineEntry } from "../../../functions/Dashboard/src/api/types";
import { threshold } from "./data";

const sha = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

export function detailOf(i: Incident, all: readonly Incident[], suppressions: readonly Suppression[], notes: readonly TimelineEntry[]): IncidentDetail {
  const entry = (type: string, seconds: number, by: string | null, text: string): TimelineEntry => {
    const moment = new Date(Date.parse(i.openedAt) + 1000 * seconds).toISOString();
    return { type, occurredAt: moment, recordedAt: moment, by, text, note: null };
  };
  const feature = (name: string, label: string, unit: string, observed: number, expected: number, contribution: number) => ({ name, label, unit, observed, expected, contribution });
  return {
    incident: i, threshold, score: i.kind === "Silence" ? null : i.highestScore, modelVersion: i.kind === "Silence" ? null : "ward-2026.03.01-4f1c", peers: ["10.0.0.7", "10.0.0.12", "fe80::1"],
    why: i.kind === "Silence" ? [] : [
      feature("packets_per_second", "packets per second", "packets/s", 90, 5.66, 0.48), feature("service_ports", "service ports", "count", 5.76, 1.04, 0.27),
      feature("half_open", "half-open connections", "count", 19.3, 0, 0.14), feature("syn_share", "share of connection attempts", "share", 0.81, 0.02, 0.08), feature("mean_size", "mean frame size", "bytes", 66, 212, 0.03),
    ],
    evidence: Array.from({ length: 7 }, (_, n) => ({ topic: "iomt-traffic", partition: 0, offset: 1000 + n, at: i.openedAt, sha256: sha })),
    timeline: [
      entry("IncidentOpened", 0, null, i.summary), ...Array.from({ length: 9 }, (_, n) => entry("AnomalyObserved", 2 * n, null, `score ${(14 + n).toString()}`)),
      entry("IncidentEscalated", 40, null, "Medium → High: it goes on for 40 s"), entry("NotificationRequested", 41, null, "ward-mail"),
      ...(i.acknowledgedBy ? [entry("IncidentAcknowledged", 70, i.acknowledgedBy, `${i.acknowledgedBy} is looking`)] : []), ...notes,
      ...(i.closedAt ? [entry("IncidentClosed", 150, i.closedBy, `${i.closedBy} closed it as ${i.disposition}`)] : []),
    ],
    similar: all.filter(other => other.id !== i.id && other.openedAt < i.openedAt && other.suspected?.name === i.suspected?.name).slice(0, 5),
    suppressions: suppressions.filter(s => s.deviceId === i.device.id),
  };
}
