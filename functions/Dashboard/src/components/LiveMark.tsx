import { live } from "../state/ward";

const texts = { connecting: "Connecting …", live: "Live", lost: "Reconnecting …" };

/** Whether what is shown is what is. */
export function LiveMark() {
  return <span class={`live ${live.value}`} role="status"><i aria-hidden="true" />{texts[live.value]}</span>;
}
