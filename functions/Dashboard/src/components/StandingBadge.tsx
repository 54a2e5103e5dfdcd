import type { Incident } from "../api/types";
import { standing, standingText } from "../logic/incidents";
import { Icon } from "./Icon";

const icons = { Open: "incidents", Acknowledged: "eye", Closed: "check" } as const;

/** Where an incident stands: open, somebody is looking, closed as what. */
export function StandingBadge({ incident }: { incident: Incident }) {
  const where = standing(incident);
  const text = standingText(incident);
  return <span class={`standing ${where}`} title={text}><Icon name={icons[where]} size={13} /><span class="cut">{text}</span></span>;
}
