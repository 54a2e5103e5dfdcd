import type { ComponentChildren } from "preact";

interface Props { title: string; count?: string; actions?: ComponentChildren; fill?: boolean; class?: string; children: ComponentChildren }

/** A titled part of a view. @param fill It takes the height that is left, and scrolls within. */
export function Panel({ title, count, actions, fill = false, class: more = "", children }: Props) {
  return (
    <section class={`panel ${fill ? "fill" : ""} ${more}`}>
      <header><h2>{title}</h2>{count !== undefined && <span class="dim">{count}</span>}{actions && <div class="actions">{actions}</div>}</header>
      {children}
    </section>
  );
}
