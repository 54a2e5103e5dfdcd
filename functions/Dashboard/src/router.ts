import { signal } from "@preact/signals";

export interface Route { view: string; id: string | null; query: URLSearchParams }

export function parseRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?");
  const [view = "", id] = path.split("/");
  let decoded: string | null = null;
  try {
    decoded = id ? decodeURIComponent(id) : null;
  } catch {
    // A link cut short in a message: the list is better than nothing.
  }
  return { view: view || "ward", id: decoded, query: new URLSearchParams(search) };
}

export const route = signal(parseRoute(location.hash));

addEventListener("hashchange", () => { route.value = parseRoute(location.hash); });

export function link(view: string, id?: string, query?: Record<string, string>): string {
  const search = query ? `?${new URLSearchParams(query).toString()}` : "";
  return `#/${view}${id ? `/${encodeURIComponent(id)}` : ""}${search}`;
}

export function go(view: string, id?: string): void { location.hash = link(view, id); }
