import type { Channel, Condition, DeviceState, Incident, Model, Notification, OutboxEntry, Severity, Suppression } from "../../../functions/Dashboard/src/api/types";
import { randomOf } from "./random";

export const now = Date.parse("2026-03-02T14:30:00Z");
export const at = (secondsBefore: number): string => new Date(now - 1000 * secondsBefore).toISOString();

const kinds = ["ventilator", "infusion-pump", "patient-monitor", "wearable", "ecg", "gateway"];
const wards = ["icu-1", "icu-2", "cardiology", "oncology", "neonatal"];
const classes: [string, string | null][] = [
  ["port scan", "T0846"], ["SYN flood", "T0814"], ["MQTT publish flood", "T0814"], ["ARP spoofing", "T0830"], ["malformed MQTT", "T0836"], ["OS scan", "T0888"], ["chattering", null],
];
const severities: Severity[] = ["Low", "Medium", "High", "Critical"];
export const threshold = 12.4;

const pick = <T>(random: () => number, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;

export function devicesOf(count: number): DeviceState[] {
  const random = randomOf(1);
  return Array.from({ length: count }, (_, n) => {
    const kind = kinds[n % kinds.length]!;
    const chance = random();
    const state: Condition = chance < 0.06 ? "Incident" : chance < 0.09 ? "Silent" : chance < 0.14 ? "Strange" : chance < 0.2 ? "Learning" : chance < 0.23 ? "Unheard" : "Normal";
    const over = state === "Incident" || state === "Strange";
    const score = state === "Unheard" || state === "Learning" ? null : threshold * (over ? 1.1 + 3 * random() : 0.2 + 0.6 * random());
    return {
      device: { address: `02:00:00:00:${(n >> 8).toString(16).padStart(2, "0")}:${(n & 255).toString(16).padStart(2, "0")}`, id: `${kind}-${String(n + 1).padStart(count > 99 ? 5 : 2, "0")}`, kind, ward: wards[Math.floor(n / kinds.length) % wards.length]! },
      state, score, threshold, lastSeen: state === "Unheard" ? null : at(state === "Silent" ? 340 : Math.floor(5 * random())), packets: Math.floor(90_000 * random()),
      openIncidents: state === "Incident" ? 1 + Math.floor(2 * random()) : 0, incidents: Math.floor(5 * random()), worst: state === "Incident" ? pick(random, severities) : null,
      mutedUntil: n % 17 === 5 ? at(-7200) : null, silenceLimitSeconds: 30,
    };
  });
}

/** The newest first; the first tenth is open. */
export function incidentsOf(count: number, devices: readonly DeviceState[]): Incident[] {
  const random = randomOf(2);
  return Array.from({ length: count }, (_, n) => {
    const { device } = devices[Math.floor(random() * devices.length)]!;
    const silence = random() < 0.1;
    const [name, technique] = pick(random, classes);
    const open = n < Math.max(6, Math.min(40, count / 10));
    const opened = 40 + n * 290 + Math.floor(200 * random());
    const score = Math.round(10 * threshold * (1.2 + 4 * random())) / 10;
    return {
      id: `i-${String(count - n).padStart(6, "0")}`, device, kind: silence ? "Silence" : "Behaviour", severity: pick(random, severities),
      summary: silence ? `${device.id} (${device.kind}, ${device.ward}) has been silent for 48 s; it never paused longer than 12 s before.`
        : `${device.id} (${device.kind}, ${device.ward}) talks differently from normal, suspected ${name}: packets per second 90, normally about 5.66; service ports 5.76, normally about 1.04.`,
      openedAt: at(opened), lastSeenAt: at(Math.max(2, opened - 120)), segments: 3 + Math.floor(40 * random()),
      suspected: silence ? null : { name, probability: random() < 0.7 ? Math.round(100 * (0.5 + 0.5 * random())) / 100 : null, technique }, highestScore: silence ? 0 : score,
      disposition: open ? null : pick(random, ["TrueAttack", "FalseAlarm", "FalseAlarm", "Malfunction", "Maintenance"] as const), closedAt: open ? null : at(opened - 150), closedBy: open ? null : "m.keller",
      notified: 2, version: 3, previousId: null, reopenedAs: null, suppressedBy: n % 13 === 4 ? "s-1" : null,
      acknowledgedBy: open && n % 4 !== 2 ? null : "m.keller", acknowledgedAt: open && n % 4 !== 2 ? null : at(opened - 30), notes: 0,
    };
  });
}

export function suppressionsOf(devices: readonly DeviceState[]): Suppression[] {
  const base = { ward: null, by: "m.keller", rule: null, incidentId: null, revokedAt: null, revokedBy: null, active: true };
  const [a, b, c] = devices.map(d => d.device.id);
  return [
    { ...base, id: "s-1", kind: "Mute", deviceId: a!, from: at(1800), until: at(-5400), allowed: 14 },
    { ...base, id: "s-2", kind: "Maintenance", deviceId: null, ward: "icu-2", from: at(600), until: at(-6600), allowed: 120 },
    { ...base, id: "s-3", kind: "AllowRule", deviceId: null, from: at(90_000), until: at(-2_400_000), allowed: 3, rule: { deviceId: b!, ward: null, feature: "service_ports", class: "port scan", peer: "10.0.0.7" } },
    { ...base, id: "s-4", kind: "LearnedBehaviour", deviceId: c!, from: at(86_400), until: at(-2_500_000), allowed: 44, incidentId: "i-000003" },
    { ...base, id: "s-5", kind: "Mute", deviceId: b!, from: at(90_000), until: at(60_000), allowed: 2, active: false },
    { ...base, id: "s-6", kind: "Mute", deviceId: c!, from: at(9000), until: at(-9000), allowed: 0, active: false, revokedAt: at(4000), revokedBy: "a.meier" },
  ];
}

export const channels: Channel[] = [
  { name: "ward-mail", type: "email", target: "icu-team@h…l.example", isHealthy: true, lastDeliveredAt: at(95), lastError: null, waiting: 1, failed: 0 },
  { name: "on-call", type: "sms", target: "+49 … 42", isHealthy: false, lastDeliveredAt: at(9000), lastError: "429 Too Many Requests: the gateway asks to wait", waiting: 2, failed: 3 },
  { name: "security", type: "slack", target: "hooks.slack.com/…", isHealthy: true, lastDeliveredAt: at(300), lastError: null, waiting: 0, failed: 0 },
];

export function notificationsOf(incidents: readonly Incident[]): Notification[] {
  return incidents.slice(0, 30).map((i, n) => {
    const state = n < 3 ? "Failed" : n < 6 ? "Waiting" : "Delivered";
    return {
      id: `n-${n}`, incidentId: i.id, channel: channels[n % 3]!.name, purpose: n % 7 === 6 ? "Escalation" : "Incident", severity: i.severity, deviceId: i.device.id, text: i.summary,
      requestedAt: i.openedAt, state, attempts: state === "Failed" ? 8 : 1, lastError: state === "Delivered" ? null : "429 Too Many Requests", dueAt: state === "Waiting" ? at(-30) : null, deliveredAt: state === "Delivered" ? i.lastSeenAt : null,
    };
  });
}

export const outboxOf = (incidents: readonly Incident[]): OutboxEntry[] => incidents.slice(0, 5).map(i => ({
  at: i.openedAt, channel: "ward-mail", to: "icu-team@hospital.example", subject: `[${i.severity}] ${i.device.id}`, text: `${i.summary}\n\nOpen: http://127.0.0.1:5080/#/incidents/${i.id}`, incidentId: i.id,
}));

export const models: Model[] = [{
  name: "ward", current: "ward-2026.03.01-4f1c", before: "ward-2026.02.01-91ab", inUse: ["ward-2026.02.01-91ab", "ward-2026.03.01-4f1c"], changes: 5, threshold, falseAlarmRate: 0.001,
  history: [
    { type: "TrainingStarted", version: null, at: at(2_600_000), text: "training on 14 h of calm traffic" }, { type: "ModelPromoted", version: "ward-2026.02.01-91ab", at: at(2_500_000), text: "in use: the first one" },
    { type: "ModelRejected", version: "ward-2026.02.20-77de", at: at(900_000), text: "not taken: recall .91, the one in use .95" },
    { type: "ModelPromoted", version: "ward-2026.03.01-4f1c", at: at(86_000), text: "in use: recall .97, the one before .95" }, { type: "ThresholdTuned", version: "ward-2026.03.01-4f1c", at: at(85_000), text: "12.4 for 0.1 % false alarms" },
  ],
  scores: { percentiles: { 50: 3.1, 90: 6.4, 99: 10.2, "99.9": 14.9 }, expected: { 50: 3, 90: 6.1, 99: 10.4, "99.9": 14.2 }, shareAboveTenth: 0.11, threshold, segments: 184_220, strange: 411 },
}];
