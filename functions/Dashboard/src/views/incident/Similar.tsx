import type { Incident } from "../../api/types";
import { Moment } from "../../components/Moment";
import { Panel } from "../../components/Panel";
import { StandingBadge } from "../../components/StandingBadge";
import { Empty } from "../../components/Status";
import { likeness } from "../../logic/incidents";
import { link } from "../../logic/route";

export function Similar({ incidents }: { incidents: readonly Incident[] }) {
  return (
    <Panel title="Similar ones before">
      {incidents.length === 0 ? <Empty icon="search" title="None on record" /> : (
        <ul class="similar">{incidents.map(i => (
          <li key={i.id}><a class="stretched cut" href={link("incidents", i.id)}>{i.device.id}</a><span class="dim cut">{likeness(i)}</span><StandingBadge incident={i} /><span class="dim end"><Moment at={i.openedAt} /></span></li>
        ))}</ul>
      )}
    </Panel>
  );
}
