import type { Incident } from "../../api/types";
import { Moment } from "../../components/Moment";
import { SeverityBadge } from "../../components/SeverityBadge";
import { StandingBadge } from "../../components/StandingBadge";
import { percent, score } from "../../logic/format";
import { cause, likeness } from "../../logic/incidents";
import { link } from "../../logic/route";
import { acknowledge, actOn } from "../../state/acts";
import { go } from "../../state/router";
import { may } from "../../state/ward";

export function IncidentCells({ incident: i, onClose }: { incident: Incident; onClose: (incident: Incident) => void }) {
  return (
    <>
      <div role="cell" class="worst"><SeverityBadge severity={i.severity} /></div>
      <div role="cell" class="main">
        <a class="stretched cut" href={link("incidents", i.id)} title={i.device.id}>{i.device.id}</a>
        <span class="dim cut">{i.device.kind} · {i.device.ward}</span>
      </div>
      <div role="cell" class="what">
        <span class="cut"><b>{likeness(i)}</b>{i.suspected?.probability != null && <span class="dim"> {percent(i.suspected.probability)}</span>}</span>
        <span class="dim cut" title={i.summary}>{cause(i)}</span>
      </div>
      <div role="cell" class="right points">{i.kind !== "Behaviour" ? <span class="faint">–</span> : score(i.highestScore)}</div>
      <div role="cell" class="when"><Moment at={i.openedAt} /><span class="dim last"><Moment at={i.lastSeenAt} /></span></div>
      <div role="cell" class="stand"><StandingBadge incident={i} /></div>
      <div role="cell" class="right acts">{may.value.respond && <Acts incident={i} onClose={onClose} />}</div>
    </>
  );
}

function Acts({ incident: i, onClose }: { incident: Incident; onClose: (incident: Incident) => void }) {
  const reopen = async () => {
    const next = await actOn(i, "reopen", {}, "The incident goes on as a new one.");
    if (next) go("incidents", next.id);
  };
  if (i.closedAt) return i.reopenedAs ? null : <button type="button" class="small" onClick={() => void reopen()}>Reopen</button>;
  return (
    <>
      {!i.acknowledgedBy && <button type="button" class="small" onClick={() => void acknowledge(i)}>Acknowledge</button>}
      <button type="button" class="small" onClick={() => onClose(i)}>Close …</button>
    </>
  );
}
