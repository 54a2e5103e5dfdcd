import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./Icon";

interface Props {
  title: string; onClose: () => void; children: ComponentChildren;
  /** What the main button says; without it the dialog only shows. */
  act?: string; danger?: boolean; ready?: boolean; onAct?: () => Promise<boolean>;
}

/** A dialog of the platform's own: it keeps the focus, Escape closes it, and the focus goes back where it was. */
export function Dialog({ title, onClose, children, act, danger = false, ready = true, onAct }: Props) {
  const element = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => { element.current!.showModal(); }, []);
  const close = () => element.current?.close();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!onAct) return close();
    setBusy(true);
    const done = await onAct();
    setBusy(false);
    if (done) close();
  };
  return (
    <dialog ref={element} onClose={onClose} aria-labelledby="dialog-title">
      <form onSubmit={event => void submit(event)}>
        <header><h2 id="dialog-title">{title}</h2><button type="button" class="bare" aria-label="Close the dialog" onClick={close}><Icon name="cross" /></button></header>
        <div class="content">{children}</div>
        <footer>
          <button type="button" onClick={close}>{act ? "Cancel" : "Close"}</button>
          {act && <button type="submit" class={danger ? "primary danger" : "primary"} disabled={busy || !ready}>{act}</button>}
        </footer>
      </form>
    </dialog>
  );
}
