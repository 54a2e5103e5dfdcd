import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

const spare = 8;

interface Props<T> { items: readonly T[]; rowHeight: number; label: string; render: (item: T, index: number) => ComponentChildren; empty: ComponentChildren }

/** A list of rows of one height, of which only those in sight are in the document: ten thousand scroll as ten do. */
export function VirtualList<T>({ items, rowHeight, label, render, empty }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  useLayoutEffect(() => {
    const element = box.current!;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    measure();
    return () => { observer.disconnect(); element.removeEventListener("scroll", measure); };
  }, []);
  const first = Math.max(0, Math.floor(view.top / rowHeight) - spare);
  const last = Math.min(items.length, Math.ceil((view.top + view.height) / rowHeight) + spare);
  return (
    <div class="scroll" ref={box} tabIndex={0} role="region" aria-label={label}>
      {items.length === 0 ? empty : (
        <div class="rows" role="list" style={{ height: `${items.length * rowHeight}px` }}>
          {items.slice(first, last).map((item, i) => (
            <div role="listitem" class="row" aria-setsize={items.length} aria-posinset={first + i + 1} key={first + i}
                 style={{ transform: `translateY(${(first + i) * rowHeight}px)`, height: `${rowHeight}px` }}>{render(item, first + i)}</div>
          ))}
        </div>
      )}
    </div>
  );
}
