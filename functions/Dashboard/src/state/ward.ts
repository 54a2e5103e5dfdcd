import { batch, computed, signal } from "@preact/signals";
import { get, key, locked } from "../api/client";
import type { Message } from "../api/sse";
import { follow } from "../api/stream";
import type { DeviceState, Incident, Me, Overview } from "../api/types";
import { conditionOf } from "../logic/conditions";

const incidentsKept = 200;
const gatherFor = 60;

export const me = signal<Me | null>(null);
export const live = signal<"connecting" | "live" | "lost">("connecting");
export const overview = signal<Overview | null>(null);
export const devices = signal<ReadonlyMap<string, DeviceState>>(new Map());

/** Incidents that the stream has told of since it was last connected, by id. */
export const incidents = signal<ReadonlyMap<string, Incident>>(new Map());

/** Counts up when something of this kind has changed on the host, and when the stream came back: what happened meanwhile is not told again. */
export const changes = { suppressions: signal(0), notifications: signal(0), incidents: signal(0) };

export const openIncidents = computed(() =>
  [...incidents.value.values()].filter(i => !i.closedAt).sort((a, b) => b.openedAt.localeCompare(a.openedAt)));

/** Traffic time, which a replayed or simulated ward keeps for itself. */
export const clock = computed(() => overview.value?.clock ?? null);

export const wardNames = computed(() => overview.value?.wards.map(w => w.ward) ?? []);

export const may = computed(() => {
  const writable = me.value?.writable !== false;
  const rank = ["Viewer", "Responder", "Analyst", "Admin"].indexOf(me.value?.role ?? "Viewer");
  return { respond: writable && rank >= 1, analyse: writable && rank >= 2, readEvidence: rank >= 2 };
});

/** Puts an incident in the list as an act or the stream has left it. */
export function remember(incident: Incident): void { tell([incident]); }

function tell(changed: readonly Incident[]): void {
  const next = new Map(incidents.value);
  for (const incident of changed) next.set(incident.id, incident);
  if (next.size > incidentsKept) {
    const oldest = [...next.values()].sort((a, b) => a.openedAt.localeCompare(b.openedAt)).slice(0, next.size - incidentsKept);
    for (const { id } of oldest) next.delete(id);
  }
  incidents.value = next;
  changes.incidents.value++;
}

/** Takes in what the stream has told, all at once: the page is drawn once for it. */
export function receive(messages: readonly Message[]): void {
  batch(() => {
    const heard: DeviceState[] = [];
    const changed: Incident[] = [];
    for (const { type, data } of messages) {
      switch (type) {
        case "overview": overview.value = data as Overview; break;
        case "devices": heard.push(...(data as { items: DeviceState[] }).items); break;
        case "incident": changed.push(data as Incident); break;
        case "suppression": case "suppressions": changes.suppressions.value++; break;
        case "notification": case "notifications": changes.notifications.value++; break;
      }
    }
    if (heard.length) {
      const next = new Map(devices.value);
      for (const device of heard) next.set(device.device.id, { ...device, state: conditionOf(device.state) });
      devices.value = next;
    }
    if (changed.length) tell(changed);
  });
}

const waiting: Message[] = [];

function gather(message: Message): void {
  if (waiting.push(message) === 1) setTimeout(() => receive(waiting.splice(0)), gatherFor);
}

function onState(connected: boolean): void {
  batch(() => {
    live.value = connected ? "live" : "lost";
    if (!connected) return;
    incidents.value = new Map();
    for (const change of Object.values(changes)) change.value++;
  });
}

let stop: AbortController | null = null;

/** Asks who we are and follows the stream; again when a key was given. */
async function connect(): Promise<void> {
  stop?.abort();
  stop = new AbortController();
  const { signal } = stop;
  void get<Me>("/me", signal).then(answer => { me.value = answer; }).catch(() => { /* Then the page only reads. */ });
  await follow(gather, onState, signal);
}

key.subscribe(() => { locked.value = false; void connect(); });
