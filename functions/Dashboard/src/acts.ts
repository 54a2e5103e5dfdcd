import { post, Problem } from "./api/client";
import type { Incident } from "./api/types";
import { say } from "./components/Toasts";
import { remember } from "./state/ward";

/** Carries out an act and says how it went. Somebody else may have acted first: then nothing was recorded, and the caller reloads. */
export async function attempt<T>(act: Promise<T>, done: string): Promise<T | null> {
  try {
    const result = await act;
    say(done);
    return result;
  } catch (error) {
    say(error instanceof Problem ? error.message : String(error), true);
    return null;
  }
}

export async function actOn(incident: Incident, act: string, body: object, done: string): Promise<Incident | null> {
  const result = await attempt(post<Incident>(`/incidents/${encodeURIComponent(incident.id)}/${act}`, body, incident.version), done);
  if (result) remember(result);
  return result;
}

export const acknowledge = (incident: Incident) => actOn(incident, "acknowledge", {}, `You are looking at incident ${incident.id}.`);
