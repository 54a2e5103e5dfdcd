import { signal } from "@preact/signals";

export interface Toast { id: number; text: string; bad: boolean }

export const toasts = signal<readonly Toast[]>([]);
let last = 0;

/** Says in passing how an act went; screen readers hear it too. */
export function say(text: string, bad = false): void {
  const id = ++last;
  toasts.value = [...toasts.value, { id, text, bad }];
  setTimeout(() => dismiss(id), bad ? 10_000 : 5000);
}

export function dismiss(id: number): void { toasts.value = toasts.value.filter(t => t.id !== id); }
