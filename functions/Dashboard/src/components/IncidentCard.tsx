import type { Incident } from "../api/types";
import { title, time } from "../format";
import { link } from "../router";
import { SeverityBadge } from "./Badge";

export const likeness = (i: Incident): string => title(i.suspected?.name ?? (i.kind === "Silence" ? "silence" : "unusual traffic"));

export function IncidentCard({ incident: i }: { incident: Incident }) {
  return (
    <a class="incident" href={link("incidents", i.id)}>
      <span class="line"><SeverityBadge severity={i.severity} /> <b>{i.device.id}</b> <span>{likeness(i)}</span> <time class="dim">{time(i.openedAt)}</time></span>
      <span class="dim summary">{i.summary}</span>
    </a>
  );
}
