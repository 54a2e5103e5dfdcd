import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { get, reason } from "../api/client";
import type { Page } from "../api/types";

export interface Pages<T> { items: T[]; loading: boolean; more: boolean; error: string | null; loadMore: () => void; reload: () => void }

interface State<T> { path: string; items: T[]; next: string | null; loading: boolean; error: string | null }

/** Fetches a list page by page; begins anew when the path or one of `when` changes, and keeps the old rows until the new are there. */
export function usePages<T>(path: string, when: readonly unknown[] = []): Pages<T> {
  const [state, setState] = useState<State<T>>({ path, items: [], next: null, loading: true, error: null });
  const [asked, ask] = useState(0);
  const run = useRef(0);

  const load = useCallback((after: string | null) => {
    const number = ++run.current;
    setState(before => ({ ...before, loading: true }));
    get<Page<T>>(after === null ? path : `${path}${path.includes("?") ? "&" : "?"}after=${encodeURIComponent(after)}`)
      .then(({ items, next }) => {
        if (number === run.current) setState(before => ({ path, items: after === null ? items : [...before.items, ...items], next, loading: false, error: null }));
      })
      .catch((failure: unknown) => { if (number === run.current) setState(before => ({ ...before, loading: false, error: reason(failure) })); });
  }, [path]);

  useEffect(() => load(null), [load, asked, ...when]);
  const { next, loading } = state;
  const loadMore = () => { if (next !== null && !loading) load(next); };
  return { items: state.items, loading, more: next !== null, error: state.error, loadMore, reload: useCallback(() => ask(n => n + 1), []) };
}
