import { signal } from "@preact/signals";

const keyName = "iomtad-key";

/** The API key of this tab; null at the machine itself, where none is asked for. */
export const key = signal<string | null>(sessionStorage.getItem(keyName));

/** The host has asked for a key that we do not have, or does not take ours. */
export const locked = signal(false);

export function unlock(value: string): void {
  sessionStorage.setItem(keyName, value);
  key.value = value;
  locked.value = false;
}

/** What the host says of a request that it did not carry out, in its own words. */
export class Problem extends Error {
  constructor(readonly status: number, message: string) { super(message); }
}

export function headers(): Record<string, string> {
  return key.value ? { Authorization: `Bearer ${key.value}` } : {};
}

async function send(path: string, init: RequestInit, signal?: AbortSignal): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { ...headers(), ...init.headers }, signal: signal ?? null });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, "The host cannot be reached.");
  }
  if (response.ok) return response;
  if (response.status === 401) locked.value = true;
  const problem = await response.json().catch(() => null) as { detail?: string; title?: string } | null;
  throw new Problem(response.status, problem?.detail ?? problem?.title ?? `The host answered ${response.status}.`);
}

/** The query string of what is given; null, undefined and "" are left out. */
export function query(values: Record<string, string | number | boolean | null | undefined>): string {
  const parts = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return parts.length ? "?" + new URLSearchParams(parts.map(([name, value]) => [name, String(value)])).toString() : "";
}

export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await send(`/api/v1${path}`, {}, signal)).json() as Promise<T>;
}

/** @param version Of the incident as it was seen: the act is refused when somebody else has acted since. */
export async function post<T>(path: string, body: object = {}, version?: number): Promise<T> {
  const match: Record<string, string> = version === undefined ? {} : { "If-Match": `"${version}"` };
  const init = { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...match } };
  return (await send(`/api/v1${path}`, init)).json() as Promise<T>;
}

/** Saves an answer as a file: a plain link could not carry the key. */
export async function download(path: string, name: string): Promise<void> {
  const url = URL.createObjectURL(await (await send(`/api/v1${path}`, {})).blob());
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
