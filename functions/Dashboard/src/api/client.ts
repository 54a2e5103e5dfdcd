import { signal } from "@preact/signals";

const keyName = "iomtad-key";

/** The API key of this tab; null at the machine itself, where none is asked for. */
export const key = signal<string | null>(sessionStorage.getItem(keyName));

/** The host has asked for a key that we do not have, or does not take ours. */
export const locked = signal(false);

/** What the host says of a request that it did not carry out, in its own words. Status 0: it could not be reached. */
export class Problem extends Error {
  constructor(readonly status: number, message: string) { super(message); }
}

export const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export const bearer = (value: string | null): Record<string, string> => (value ? { Authorization: `Bearer ${value}` } : {});

async function send(path: string, init: RequestInit, abort?: AbortSignal, asked: string | null = key.value): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, { ...init, headers: { ...bearer(asked), ...init.headers }, signal: abort ?? null });
  } catch (error) {
    if (abort?.aborted) throw error;
    throw new Problem(0, "The host cannot be reached.");
  }
  if (response.ok) return response;
  if (response.status === 401 && asked === key.value) locked.value = true;
  const problem = await response.json().catch(() => null) as { detail?: string; title?: string } | null;
  throw new Problem(response.status, problem?.detail ?? problem?.title ?? `The host answered ${response.status}.`);
}

/** Keeps the key for this tab if the host takes it. */
export async function unlock(value: string): Promise<void> {
  await send("/me", {}, undefined, value);
  sessionStorage.setItem(keyName, value);
  key.value = value;
  locked.value = false;
}

export function forget(): void {
  sessionStorage.removeItem(keyName);
  key.value = null;
}

/** The query string of what is given; null, undefined and "" are left out. */
export function query(values: Record<string, string | number | boolean | null | undefined>): string {
  const parts = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return parts.length ? "?" + new URLSearchParams(parts.map(([name, value]) => [name, String(value)])).toString() : "";
}

export async function get<T>(path: string, abort?: AbortSignal): Promise<T> {
  return (await send(path, {}, abort)).json() as Promise<T>;
}

/** @param version Of the incident as it was seen: the act is refused when somebody else has acted since. */
export async function post<T>(path: string, body: object = {}, version?: number): Promise<T> {
  const match: Record<string, string> = version === undefined ? {} : { "If-Match": `"${version}"` };
  const init = { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...match } };
  return (await send(path, init)).json() as Promise<T>;
}

/** Saves an answer as a file: a plain link could not carry the key. */
export async function download(path: string, name: string): Promise<void> {
  const url = URL.createObjectURL(await (await send(path, {})).blob());
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
