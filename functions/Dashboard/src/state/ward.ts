import { computed, signal } from "@preact/signals";
import { get, key, locked } from "../api/client";
import { follow, type Message } from "../api/stream";
import type { DeviceState, Incident, Me, Overview } from "../api/types";

const incidentsKept = 200;

export const me = signal<Me | null>(null);
export const live = signal(false);
export const overview = signal<Overview | null>(null);
export const devices = signal<ReadonlyMap<string, DeviceState>>(new Map());

/** Incidents that the stream has told of since the page was opened, by id. */
export const incidents = signal<ReadonlyMap<string, Incident>>(new Map());

/** Counts up when something of this kind has changed on the host. */
export const changes = { suppressions: signal(0), notifications: signal(0), incidents: signal(0) };

export const openIncidents = computed(() =>
  [...incidents.value.values()].filter(i => !i.closedAt).sort((a, b) => b.openedAt.localeCompare(a.openedAt)));

/** Traffic time, which a replayed or simulated ward keeps for itself. */
export const clock = computed(() => overview.value?.clock ?? null);

export const may = computed(() => {
  const rank = ["Viewer", "Responder", "Analyst", "Admin"].indexOf(me.value?.role ?? "Viewer");
  return { respond: rank >= 1, analyse: rank >= 2 };
});

/** Puts an incident in the list as an act has left it. */
export function remember(incident: Incident): void {
  const next = new Map(incidents.value).set(incident.id, incident);
  if (next.size > incidentsKept) next.delete([...next.values()].sort((a, b) => a.openedAt.localeCompare(b.openedAt))[0]!.id);
  incidents.value = next;
  changes.incidents.value++;
}

export function receive({ type, data }: Message): void {
  switch (type) {
    case "overview": overview.value = data as Overview; break;
    case "devices": {
      const next = new Map(devices.value);
      for (const device of (data as { items: DeviceState[] }).items) next.set(device.device.id, device);
      devices.value = next;
      break;
    }
    case "incident": remember(data as Incident); break;
    case "suppressions": changes.suppressions.value++; break;
    case "notifications": changes.notifications.value++; break;
  }
}

let stop: AbortController | null = null;

/** Asks who we are and follows the stream; again when a key was given. */
export async function connect(): Promise<void> {
  stop?.abort();
  stop = new AbortController();
  const { signal } = stop;
  me.value = await get<Me>("/me", signal).catch(() => null);
  if (!locked.value) await follow(receive, state => { live.value = state; }, signal);
}

key.subscribe(() => { void connect(); });
