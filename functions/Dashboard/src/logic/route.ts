export interface Route { view: string; id: string | null; query: URLSearchParams }

/** Reads `#/view/id?name=value`; an empty one is the ward. */
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

export function link(view: string, id?: string | null, query: Record<string, string> = {}): string {
  const parts = Object.entries(query).filter(([, value]) => value !== "");
  const search = parts.length ? `?${new URLSearchParams(parts).toString()}` : "";
  return `#/${view}${id ? `/${encodeURIComponent(id)}` : ""}${search}`;
}
