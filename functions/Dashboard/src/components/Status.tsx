import type { ComponentChildren } from "preact";

export function Failure({ text, retry }: { text: string; retry?: () => void }) {
  return <p class="failure" role="alert">{text} {retry && <button type="button" onClick={retry}>Try again</button>}</p>;
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}
