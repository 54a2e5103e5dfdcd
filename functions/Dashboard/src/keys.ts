import { signal } from "@preact/signals";

/** The list of keys is shown. */
export const helpShown = signal(false);

const handlers = new Set<(key: string) => boolean>();

/** @returns A function that takes the handler away again. */
export function onKey(handler: (key: string) => boolean): () => void {
  handlers.add(handler);
  return () => handlers.delete(handler);
}

addEventListener("keydown", event => {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input, textarea, select") || document.querySelector("dialog[open]")) return;
  if (event.key === "?") helpShown.value = true;
  else if (event.key === "/") document.querySelector<HTMLElement>("[data-search]")?.focus();
  else if (![...handlers].some(handler => handler(event.key))) return;
  event.preventDefault();
});
