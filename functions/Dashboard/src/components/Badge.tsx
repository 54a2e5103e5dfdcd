import type { Condition, Severity } from "../api/types";
import { words } from "../format";

const signs: Record<Condition, string> = { Unheard: "○", Learning: "◔", Normal: "●", Strange: "▲", Incident: "◆", Silent: "■" };

/** A device's state: sign, word and colour, so that none of them has to be seen. */
export function StateBadge({ state }: { state: Condition }) {
  return <span class={`state ${state}`}><span aria-hidden="true">{signs[state]}</span> {words(state)}</span>;
}

export function SeverityBadge({ severity }: { severity: Severity }) {
  return <span class={`severity ${severity}`}>{severity}</span>;
}
