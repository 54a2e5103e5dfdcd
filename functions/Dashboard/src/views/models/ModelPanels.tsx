import type { Model } from "../../api/types";
import { Panel } from "../../components/Panel";
import { Empty } from "../../components/Status";
import { count, percent, score, time, title, words } from "../../logic/format";
import { ScoreLadder } from "./ScoreLadder";

export function ModelPanels({ model: m }: { model: Model }) {
  return (
    <section class="model" aria-label={m.name}>
      <Panel title={m.name} count={`${m.changes === 1 ? "1 change" : `${count(m.changes)} changes`} on record`}><Facts model={m} /></Panel>
      <Panel title="Scores against the threshold" count={m.scores ? `${count(m.scores.segments)} segments of this watch` : ""}>
        {m.scores ? <ScoreLadder scores={m.scores} /> : <Empty icon="patterns" title="No scores yet">They appear while this model watches.</Empty>}
      </Panel>
      <Panel title="History" class="wide">
        {m.history.length === 0 ? <Empty icon="models" title="Nothing on record" /> : (
          <ol class="timeline dated">{[...m.history].reverse().map((h, n) => (
            <li key={n}><time>{time(h.at)}</time><div><p><b>{title(words(h.type))}</b> {h.version && <code>{h.version}</code>}</p>{h.text && <p class="dim">{h.text}</p>}</div></li>
          ))}</ol>
        )}
      </Panel>
    </section>
  );
}

function Facts({ model: m }: { model: Model }) {
  return (
    <dl class="facts">
      <div><dt>In use</dt><dd>{m.current ? <code>{m.current}</code> : "none"}</dd></div>
      {m.inUse.length > 1 && <div><dt>Used before</dt><dd>{m.inUse.filter(v => v !== m.current).map(v => <code key={v}>{v}</code>)}</dd></div>}
      {m.before && m.inUse.length <= 1 && <div><dt>Before</dt><dd><code>{m.before}</code></dd></div>}
      <div><dt>Threshold</dt><dd>{m.threshold === null ? "the model's own" : score(m.threshold)}{m.falseAlarmRate !== null && <span class="dim">tuned for {percent(m.falseAlarmRate)} false alarms</span>}</dd></div>
      {m.scores?.strange != null && <div><dt>Strange now</dt><dd>{percent(m.scores.strange / Math.max(1, m.scores.segments))}<span class="dim">{count(m.scores.strange)} of {count(m.scores.segments)} segments</span></dd></div>}
      <div><dt>Drift</dt><dd>{m.drift ? <><b>{m.drift.verdict}</b><span class="dim">population stability index {score(m.drift.psi)}</span></> : <span class="dim">not measured</span>}</dd></div>
    </dl>
  );
}
