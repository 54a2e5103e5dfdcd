import { dismiss, toasts } from "../state/toasts";
import { Icon } from "./Icon";

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(t => (
        <p key={t.id} class={t.bad ? "bad" : ""}>
          <Icon name={t.bad ? "incidents" : "check"} /><span>{t.text}</span>
          <button type="button" class="bare" aria-label="Dismiss" onClick={() => dismiss(t.id)}><Icon name="cross" size={14} /></button>
        </p>
      ))}
    </div>
  );
}
