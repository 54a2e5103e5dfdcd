import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

/** The list of keys is shown. */
export const helpShown = signal(false);

type Handler = (key: string) => boolean;

const handlers = new Set<{ current: Handler }>();

/** @param handler Says whether the key meant something to it. */
export function useKeys(handler: Handler): void {
  const latest = useRef(handler);
  latest.current = handler;
  useEffect(() => {
    handlers.add(latest);
    return () => { handlers.delete(latest); };
  }, []);
}

addEventListener("keydown", event => {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (target.matches("input:not([type=checkbox], [type=radio]), textarea, select")) {
    if (event.key === "Escape") target.blur();
    return;
  }
  if (event.key === "?") helpShown.value = true;
  else if (event.key === "/") document.querySelector<HTMLElement>("[data-search]")?.focus();
  else if (![...handlers].some(handler => handler.current(event.key))) return;
  event.preventDefault();
});
