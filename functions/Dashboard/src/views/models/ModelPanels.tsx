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
      {m.scores && <div><dt>Strange now</dt><dd>{percent(m.scores.strange / Math.max(1, m.scores.segments))}<span class="dim">{count(m.scores.strange)} of {count(m.scores.segments)} segments</span></dd></div>}
      <div><dt>Drift</dt><dd>{m.scores ? <><b>{drift(m.scores.shareAboveTenth)}</b><span class="dim">{percent(m.scores.shareAboveTenth)} of the segments score as a tenth of the calibration traffic did</span></> : <span class="dim">not measured</span>}</dd></div>
    </dl>
  );
}

/** Of calibration traffic a tenth scores above 1: what is far from that is other traffic than was learned. */
function drift(share: number): string {
  if (share > 0.2) return "the traffic drifts away from what was learned: train or tune anew";
  return share < 0.05 ? "calmer than what was learned" : "as it was learned";
}
