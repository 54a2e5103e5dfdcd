import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { get, Problem } from "../api/client";

export interface Resource<T> { data: T | null; error: string | null; reload: () => void }

/** Fetches a path of the API, and again when the path or one of `when` changes. Old data stays until the new is there: nothing jumps. */
export function useResource<T>(path: string | null, when: readonly unknown[] = []): Resource<T> {
  const [state, setState] = useState<{ path: string | null; data: T | null; error: string | null }>({ path: null, data: null, error: null });
  const [asked, ask] = useState(0);
  const latest = useRef(0);
  useEffect(() => {
    if (path === null) return;
    const number = ++latest.current;
    const abort = new AbortController();
    get<T>(path, abort.signal)
      .then(data => { if (number === latest.current) setState({ path, data, error: null }); })
      .catch((error: unknown) => {
        if (!abort.signal.aborted && number === latest.current)
          setState(before => ({ path, data: before.path === path ? before.data : null, error: error instanceof Problem ? error.message : String(error) }));
      });
    return () => abort.abort();
  }, [path, asked, ...when]);
  return { data: state.data, error: state.error, reload: useCallback(() => ask(n => n + 1), []) };
}
