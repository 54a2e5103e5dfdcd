import { Icon } from "../../components/Icon";
import { Moment } from "../../components/Moment";
import { Panel } from "../../components/Panel";
import { SeverityBadge } from "../../components/SeverityBadge";
import { Empty, Loading } from "../../components/Status";
import type { Incident } from "../../api/types";
import { cause, likeness } from "../../logic/incidents";
import { link } from "../../logic/route";
import { acknowledge } from "../../state/acts";
import { narrow } from "../../state/narrow";
import { may, openIncidents, overview } from "../../state/ward";

const most = 30;
const mostNarrow = 4;

/** What opened last and is not closed, beside the devices. */
export function RecentIncidents() {
  const recent = openIncidents.value.slice(0, narrow.value ? mostNarrow : most);
  return (
    <Panel title="Open incidents" fill class="recent" actions={<a href={link("incidents")}>Show all</a>}>
      {recent.length > 0 ? <ul class="cards">{recent.map(i => <Card key={i.id} incident={i} />)}</ul>
        : overview.value ? <Empty title="None is open">The ward is calm.</Empty> : <Loading lines={8} />}
    </Panel>
  );
}

function Card({ incident: i }: { incident: Incident }) {
  return (
    <li>
      <p class="line"><SeverityBadge severity={i.severity} /><span class="dim end"><Moment at={i.openedAt} /></span></p>
      <p class="line"><a class="stretched cut" href={link("incidents", i.id)}>{i.device.id}</a><span class="cut like">{likeness(i)}</span></p>
      <p class="summary" title={i.summary}>{cause(i)}</p>
      <p class="line foot">
        {i.acknowledgedBy ? <span class="dim cut"><Icon name="eye" size={13} /> {i.acknowledgedBy} is looking</span>
          : may.value.respond ? <button type="button" class="small" onClick={() => void acknowledge(i)}>Acknowledge</button> : <span class="dim">Nobody is looking yet</span>}
      </p>
    </li>
  );
}
