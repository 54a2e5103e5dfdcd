import { signal } from "@preact/signals";
import { link, parseRoute } from "../logic/route";

export const route = signal(parseRoute(location.hash));

addEventListener("hashchange", () => { route.value = parseRoute(location.hash); });

export function go(view: string, id?: string): void { location.hash = link(view, id); }

/** Keeps a filter in the address, so that it can be sent to somebody and is there when one comes back. */
export function setQuery(change: Record<string, string>): void {
  const { view, id, query } = route.value;
  history.replaceState(null, "", link(view, id, { ...Object.fromEntries(query), ...change }));
  route.value = parseRoute(location.hash);
}
