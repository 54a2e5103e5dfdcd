import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { windowOf } from "../logic/window";
import { useKeys } from "../state/keys";
import { narrow } from "../state/narrow";

export interface Column { name: string; class?: string }

interface Props<T> {
  label: string; class: string; columns: readonly Column[]; items: readonly T[]; total?: number;
  rowHeight: number; cardHeight: number; keyOf: (item: T) => string; row: (item: T) => ComponentChildren; rowClass?: (item: T) => string;
  /** A key was pressed on a row. @returns Whether it meant something. */
  onKey?: (key: string, item: T) => boolean;
  onEnd?: () => void; onTop?: (atTop: boolean) => void; after?: ComponentChildren; empty: ComponentChildren;
}

/** Rows of one height, of which only those in sight are in the document: ten thousand scroll as ten do. On a phone they are cards. */
export function VirtualTable<T>(props: Props<T>) {
  const { items, keyOf, columns, label } = props;
  const box = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 900 });
  const [current, draw] = useState<string | null>(null);
  // Keys may come faster than the page is drawn.
  const at = useRef<string | null>(null);
  const setCurrent = (key: string) => { at.current = key; draw(key); };
  const focusNext = useRef(false);
  const height = narrow.value ? props.cardHeight : props.rowHeight;

  // Wide, the table scrolls; on a phone the page does.
  const scroller = () => (narrow.value ? box.current!.closest("main")! : box.current!);
  useLayoutEffect(() => {
    const element = scroller();
    const measure = () => {
      const top = element.getBoundingClientRect().top - body.current!.getBoundingClientRect().top;
      setView(before => (before.top === top && before.height === element.clientHeight ? before : { top, height: element.clientHeight }));
      props.onTop?.(element.scrollTop < height);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    observer.observe(body.current!);
    element.addEventListener("scroll", measure, { passive: true });
    measure();
    return () => { observer.disconnect(); element.removeEventListener("scroll", measure); };
  }, [narrow.value]);

  const { first, last } = windowOf(items.length, height, view.top, view.height);
  useEffect(() => { if (items.length && last >= items.length) props.onEnd?.(); }, [last >= items.length, items.length]);

  useKeys(key => {
    const here = items.findIndex(item => keyOf(item) === at.current);
    if (key === "j" || key === "k") {
      const next = Math.max(0, Math.min(items.length - 1, here < 0 ? 0 : here + (key === "j" ? 1 : -1)));
      if (!items[next]) return false;
      focusNext.current = true;
      setCurrent(keyOf(items[next]));
      reveal(scroller(), body.current!, next * height, height);
      return true;
    }
    return here >= 0 && (props.onKey?.(key, items[here]!) ?? false);
  });
  useEffect(() => {
    if (!focusNext.current || current === null || current !== at.current) return;
    const link = body.current!.querySelector<HTMLElement>("[aria-current] a");
    if (link) { focusNext.current = false; link.focus({ preventScroll: true }); }
  });

  return (
    <div class={`vtable ${props.class}`} role="table" aria-label={label} aria-rowcount={(props.total ?? items.length) + 1} ref={box}>
      <div role="rowgroup" class="vhead"><div role="row" class="vrow" aria-rowindex={1}>
        {columns.map(c => <div role="columnheader" key={c.name} class={c.class}>{c.name}</div>)}
      </div></div>
      <div role="rowgroup" class="vbody" ref={body} style={{ height: `${items.length * height}px` }}>
        {items.slice(first, last).map((item, n) => {
          const key = keyOf(item);
          return (
            <div role="row" key={key} aria-rowindex={first + n + 2} aria-current={key === current ? "true" : undefined} class={`vrow ${props.rowClass?.(item) ?? ""}`}
                 onFocusIn={() => setCurrent(key)} style={{ top: `${(first + n) * height}px`, height: `${height}px` }}>{props.row(item)}</div>
          );
        })}
      </div>
      {items.length === 0 && <div role="rowgroup"><div role="row"><div role="cell">{props.empty}</div></div></div>}
      {props.after && <div role="rowgroup"><div role="row"><div role="cell">{props.after}</div></div></div>}
    </div>
  );
}

/** Scrolls as little as makes the row visible below the head and above the end. */
function reveal(scroller: Element, body: Element, top: number, height: number): void {
  const head = 34;
  const shift = body.getBoundingClientRect().top - scroller.getBoundingClientRect().top + top;
  if (shift < head) scroller.scrollTop += shift - head;
  else if (shift + height > scroller.clientHeight) scroller.scrollTop += shift + height - scroller.clientHeight;
}
