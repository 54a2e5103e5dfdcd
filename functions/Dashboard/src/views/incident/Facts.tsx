import type { Incident, IncidentDetail } from "../../api/types";
import { Panel } from "../../components/Panel";
import { ScoreBar } from "../../components/ScoreBar";
import { Share } from "../../components/Share";
import { count, left, percent, plural, score, time, title, words } from "../../logic/format";
import { link } from "../../logic/route";
import { techniqueText } from "../../logic/techniques";
import { clock } from "../../state/ward";

export function Facts({ detail: d, incident: i }: { detail: IncidentDetail; incident: Incident }) {
  const active = d.suppressions.filter(s => s.active);
  return (
    <Panel title="Facts">
      <dl class="facts">
        {d.score !== null && <div><dt>Highest score</dt><dd><ScoreBar score={d.score} threshold={d.threshold} /><span class="dim">threshold {score(d.threshold)}</span></dd></div>}
        {i.suspected && <div><dt>Suspected</dt><dd><b>{title(i.suspected.name)}</b>{i.suspected.probability !== null
          ? <span class="score"><Share share={i.suspected.probability} /><span class="value">{percent(i.suspected.probability)}</span></span>
          : <span class="dim">by a rule, without probability</span>}</dd></div>}
        {i.suspected?.technique && <div><dt>MITRE ATT&amp;CK</dt><dd>{techniqueText(i.suspected.technique)}</dd></div>}
        <div><dt>Device</dt><dd><a href={link("incidents", null, { deviceId: i.device.id, state: "all" })}>{i.device.id}</a><span class="dim">{i.device.kind}, {i.device.ward}</span><code>{i.device.address}</code></dd></div>
        <div><dt>Opened</dt><dd>{time(i.openedAt)} UTC</dd></div>
        <div><dt>Last seen</dt><dd>{time(i.lastSeenAt)} UTC</dd></div>
        <div><dt>Strange segments</dt><dd>{count(i.segments)}</dd></div>
        <div><dt>Messages sent</dt><dd>{count(i.notified)}</dd></div>
        {d.peers.length > 0 && <div><dt>Talked with</dt><dd class="peers">{d.peers.map(p => <code key={p}>{p}</code>)}</dd></div>}
        {d.modelVersion && <div><dt>Model</dt><dd><code>{d.modelVersion}</code></dd></div>}
        {active.length > 0 && <div><dt>{plural(active.length, "suppression")}</dt><dd>{active.map(s => <span key={s.id}>{title(words(s.kind))} by {s.by}, {left(s.until, clock.value)}</span>)}</dd></div>}
      </dl>
    </Panel>
  );
}
