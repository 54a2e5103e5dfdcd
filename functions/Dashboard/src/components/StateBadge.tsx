import type { Condition } from "../api/types";

/** Shapes differ as colours do: full, hollow, pointed, crossed. */
const shapes: Record<Condition, preact.JSX.Element> = {
  Normal: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  Learning: <><circle cx="6" cy="6" r="4.2" class="hollow" /><path d="M6 1.5a4.5 4.5 0 0 1 0 9Z" fill="currentColor" /></>,
  Unheard: <circle cx="6" cy="6" r="4.2" class="hollow dashed" />,
  Strange: <path d="M6 1 11.5 10.8H.5Z" fill="currentColor" />,
  Incident: <path d="M6 .3 11.7 6 6 11.7.3 6Z" fill="currentColor" />,
  Silent: <path d="M1.5 1.5h9v9h-9Z M3 3l6 6 M9 3l-6 6" class="hollow" />,
};

/** A device's state: shape, word and colour, so that none of them has to be seen. */
export function StateBadge({ state }: { state: Condition }) {
  return <span class={`state ${state}`}><StateShape state={state} />{state}</span>;
}

export function StateShape({ state }: { state: Condition }) {
  return <svg class="shape" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">{shapes[state]}</svg>;
}
