import { signal } from "@preact/signals";

const shown = signal<{ id: number; text: string; bad: boolean }[]>([]);
let last = 0;

/** Says in passing how an act went; screen readers hear it too. */
export function say(text: string, bad = false): void {
  const id = ++last;
  shown.value = [...shown.value, { id, text, bad }];
  setTimeout(() => { shown.value = shown.value.filter(t => t.id !== id); }, bad ? 9000 : 4000);
}

export function Toasts() {
  return <div class="toasts" role="status" aria-live="polite">{shown.value.map(t => <p key={t.id} class={t.bad ? "bad" : ""}>{t.text}</p>)}</div>;
}
