// The answers of the HTTP API, as its OpenAPI document describes them (/openapi/v1.json). Times are ISO 8601 in UTC, by the ward's own clock.

export type Severity = "Low" | "Medium" | "High" | "Critical";
export type Condition = "Unheard" | "Learning" | "Normal" | "Strange" | "Incident" | "Silent";
export type Disposition = "TrueAttack" | "Malfunction" | "FalseAlarm" | "Maintenance";
export type SuppressionKind = "Mute" | "Maintenance" | "AllowRule" | "LearnedBehaviour";
export type Role = "Viewer" | "Responder" | "Analyst" | "Admin";

export interface Page<T> { items: T[]; next: string | null }

export interface Me { name: string; role: Role; loopback: boolean; writable?: boolean }

export interface Device { address: string; id: string; kind: string; ward: string }

export interface DeviceState {
  device: Device; state: Condition; score: number | null; threshold: number; lastSeen: string | null; packets: number;
  openIncidents: number; incidents: number; worst: Severity | null; mutedUntil: string | null; silenceLimitSeconds: number | null;
}

export interface WardFigures { ward: string; devices: number; strange: number; silent: number; incident: number }

export interface Overview {
  clock: string | null; activity: string; watching: boolean; threshold: number; packets: number; packetsPerSecond: number; devices: number;
  open: Partial<Record<string, number>>; wards: WardFigures[]; notifications: { waiting: number; failed: number };
}

export interface Suspected { name: string; probability: number | null; technique: string | null }

export interface Incident {
  id: string; device: Device; kind: "Behaviour" | "Silence" | "SkippedTraffic"; severity: Severity; summary: string; openedAt: string; lastSeenAt: string;
  segments: number; suspected: Suspected | null; highestScore: number | string; disposition: Disposition | null; closedAt: string | null;
  closedBy: string | null; notified: number; version: number; previousId: string | null; reopenedAs: string | null; suppressedBy: string | null;
  acknowledgedBy: string | null; acknowledgedAt: string | null; notes: number;
}

/** @property contribution Share of the total strangeness, 0 to 1. */
export interface Feature { name: string; label: string; unit: string; observed: number; expected: number; contribution: number }

export interface TimelineEntry { type: string; occurredAt: string; recordedAt: string; by: string | null; text: string; note: string | null }

export interface EvidenceEntry { topic: string; partition: number; offset: number; at: string; sha256: string }

export interface AllowRule { deviceId: string | null; ward: string | null; feature: string | null; class: string | null; peer: string | null }

export interface Suppression {
  id: string; kind: SuppressionKind; deviceId: string | null; ward: string | null; from: string; until: string; by: string; rule: AllowRule | null;
  incidentId: string | null; revokedAt: string | null; revokedBy: string | null; allowed: number; active: boolean;
}

export interface IncidentDetail {
  incident: Incident; why: Feature[]; score: number | string | null; threshold: number | null; modelVersion: string | null; peers: string[];
  evidence: EvidenceEntry[]; timeline: TimelineEntry[]; similar: Incident[]; suppressions: Suppression[];
}

/** What an allowance would have done to past incidents. */
export interface Preview { incidents: number; of: number; silenced?: string[]; examples?: string[]; closedAsAttack: string[] }

export interface LearningPreview {
  behaviour: { segments: number; scoreLimit: number | string; rateLimit: number | string; silenceLimitSeconds: number | null }; silences: Preview;
}

export interface Minute { minute: string; incidentsOpened: number; strangeSegments: number; devicesSilent: number; suspected: Record<string, number> }

export interface DeviceHour { deviceId: string; ward: string; hour: string; incidents: number; strangeSegments: number }

export interface ClassHour { class: string | null; technique: string | null; hour: string; incidents: number; strangeSegments: number }

export interface ScoreDistribution {
  percentiles: Record<string, number>; expected: Record<string, number>; shareAboveTenth: number; threshold: number; segments: number; strange: number;
}

export interface ModelChange { type: string; version: string | null; at: string; text: string }

export interface Model {
  name: string; current: string | null; before: string | null; inUse: string[]; changes: number; threshold: number | null; falseAlarmRate: number | null;
  history: ModelChange[]; scores: ScoreDistribution | null;
}

export interface Notification {
  id: string; incidentId: string | null; channel: string; purpose: string; severity: Severity; deviceId: string | null; text: string;
  requestedAt: string; state: "Waiting" | "Failed" | "Delivered"; attempts: number; lastError: string | null; dueAt?: string | null; deliveredAt: string | null;
}

export interface Channel {
  name: string; type: string; target: string; isHealthy: boolean; lastDeliveredAt: string | null; lastError: string | null; waiting: number; failed: number;
}

/** What the demo's file channel wrote in place of sending it. */
export interface OutboxEntry { at: string; channel: string; to: string; subject: string; text: string; incidentId: string | null }
