import { get, post, Problem, reason } from "../api/client";
import type { Incident, IncidentDetail } from "../api/types";
import { say } from "./toasts";
import { changes, remember } from "./ward";

const stale = 412;

/** Carries out an act and says how it went; null when it was refused. */
export async function attempt<T>(act: Promise<T>, done: string): Promise<T | null> {
  try {
    const result = await act;
    say(done);
    return result;
  } catch (error) {
    say(reason(error), true);
    return null;
  }
}

const pathOf = (id: string): string => `/incidents/${encodeURIComponent(id)}`;

/** An act on an incident as it was seen. If somebody else has acted since, nothing is recorded and the incident is fetched anew. */
export async function actOn(incident: Incident, act: string, body: object, done: string): Promise<Incident | null> {
  try {
    const result = await post<Incident>(`${pathOf(incident.id)}/${act}`, body, incident.version);
    remember(result);
    say(done);
    return result;
  } catch (error) {
    const late = error instanceof Problem && error.status === stale;
    say(late ? "Somebody else acted on this incident first. Nothing was recorded; it is shown as it stands now." : reason(error), true);
    if (late) await refresh(incident.id);
    return null;
  }
}

async function refresh(id: string): Promise<void> {
  const detail = await get<IncidentDetail>(pathOf(id)).catch(() => null);
  if (detail) remember(detail.incident);
  changes.incidents.value++;
}

export const acknowledge = (incident: Incident): Promise<Incident | null> =>
  actOn(incident, "acknowledge", {}, `You are looking at the incident of ${incident.device.id}.`);
