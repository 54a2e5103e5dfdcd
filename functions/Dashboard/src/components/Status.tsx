import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon";

export function Failure({ text, retry }: { text: string; retry?: () => void }) {
  return <div class="failure" role="alert"><Icon name="incidents" /><span>{text}</span>{retry && <button type="button" onClick={retry}>Try again</button>}</div>;
}

/** Says in words that there is nothing, and why. */
export function Empty({ icon = "check", title, children }: { icon?: IconName; title: string; children?: ComponentChildren }) {
  return <div class="empty"><Icon name={icon} size={20} /><strong>{title}</strong>{children && <p>{children}</p>}</div>;
}

/** Holds the place of lines that are being fetched. */
export function Loading({ lines = 6 }: { lines?: number }) {
  return <div class="loading" role="status"><span class="hidden">Loading …</span>{Array.from({ length: lines }, (_, n) => <i key={n} style={{ width: `${88 - 17 * (n % 4)}%` }} />)}</div>;
}
