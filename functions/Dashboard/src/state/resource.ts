import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { get, Problem, reason } from "../api/client";

export interface Failed { status: number; text: string }
export interface Resource<T> { data: T | null; error: Failed | null; reload: () => void }

interface State<T> { path: string; data: T | null; error: Failed | null }

/** Fetches a path of the API, and again when the path or one of `when` changes. Old data stays until the new is there: nothing jumps. */
export function useResource<T>(path: string, when: readonly unknown[] = []): Resource<T> {
  const [state, setState] = useState<State<T>>({ path, data: null, error: null });
  const [asked, ask] = useState(0);
  const latest = useRef(0);
  useEffect(() => {
    const number = ++latest.current;
    const abort = new AbortController();
    get<T>(path, abort.signal)
      .then(data => { if (number === latest.current) setState({ path, data, error: null }); })
      .catch((error: unknown) => {
        if (abort.signal.aborted || number !== latest.current) return;
        const failed = { status: error instanceof Problem ? error.status : 0, text: reason(error) };
        setState(before => ({ path, data: before.path === path ? before.data : null, error: failed }));
      });
    return () => abort.abort();
  }, [path, asked, ...when]);
  return { data: state.data, error: state.error, reload: useCallback(() => ask(n => n + 1), []) };
}
