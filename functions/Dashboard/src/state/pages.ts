import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { get, Problem } from "../api/client";
import type { Page } from "../api/types";

export interface Pages<T> { items: T[]; more: (() => void) | null; loading: boolean; error: string | null; reload: () => void }

/** Fetches a list page by page; begins anew when the path or one of `when` changes. */
export function usePages<T>(path: string, when: readonly unknown[] = []): Pages<T> {
  const [items, setItems] = useState<T[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [loading, setLoading] = useState(true);
  const [error, setError] = useState<string | null>(null);
  const [asked, ask] = useState(0);
  const run = useRef(0);

  const load = useCallback((after: string | null) => {
    const number = ++run.current;
    setLoading(true);
    get<Page<T>>(after === null ? path : `${path}${path.includes("?") ? "&" : "?"}after=${encodeURIComponent(after)}`)
      .then(page => {
        if (number !== run.current) return;
        setItems(before => (after === null ? page.items : [...before, ...page.items]));
        setNext(page.next);
        setError(null);
      })
      .catch((failure: unknown) => { if (number === run.current) setError(failure instanceof Problem ? failure.message : String(failure)); })
      .finally(() => { if (number === run.current) setLoading(false); });
  }, [path]);

  useEffect(() => load(null), [load, asked, ...when]);
  return { items, more: next === null ? null : () => load(next), loading, error, reload: useCallback(() => ask(n => n + 1), []) };
}
