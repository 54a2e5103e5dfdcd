import type { ModelAnswer } from "../api/types";
import { Empty, Failure } from "../components/Status";
import { count, percent, score, time, words } from "../format";
import { useResource } from "../state/resource";
import { overview } from "../state/ward";

/** Which version of each model is in use, what its threshold cuts, and what became of the others. */
export function ModelsView() {
  const models = useResource<ModelAnswer[]>("/models", [overview.value?.threshold]);
  if (models.error) return <section class="card full"><h1>Models</h1><Failure text={models.error} retry={models.reload} /></section>;
  return (
    <>
      <h1 class="hidden">Models</h1>
      {models.data?.length === 0 && <section class="card full"><Empty>No model has been trained or promoted: <code>iomtad train</code>, then <code>iomtad models promote</code>.</Empty></section>}
      {models.data?.map(m => <Model key={m.name} model={m} />)}
    </>
  );
}

function Model({ model: m }: { model: ModelAnswer }) {
  return (
    <section class="card">
      <h2>{m.name}</h2>
      <dl class="facts">
        <dt>In use</dt><dd class="hash">{m.current ?? "none"}</dd>
        {m.before && <><dt>Before</dt><dd class="hash">{m.before}</dd></>}
        {m.threshold !== null && <><dt>Threshold</dt><dd>{score(m.threshold)} <span class="dim">tuned for {percent(m.falseAlarmRate ?? 0)} false alarms</span></dd></>}
        {m.scores && <><dt>This watch</dt><dd>{count(m.scores.segments)} segments, {percent(m.scores.strange / Math.max(1, m.scores.segments))} strange</dd></>}
        {m.scores && <><dt>Drift</dt><dd>{drift(m.scores.shareAboveTenth)}</dd></>}
      </dl>
      {m.scores && <Scores scores={m.scores} />}
      <h3>History</h3>
      <ol class="timeline">{[...m.history].reverse().map((h, n) => <li key={n}><time>{time(h.at)}</time> <b>{words(h.type)}</b> <span class="dim">{h.version} {h.text}</span></li>)}</ol>
    </section>
  );
}

/** Of calibration traffic a tenth scores above 1: what is far from that is other traffic than was learned. */
function drift(share: number): string {
  const verdict = share > 0.2 ? "the traffic drifts away from what was learned: train or tune anew" : share < 0.05 ? "calmer than what was learned" : "as it was learned";
  return `${percent(share)} of the segments score as a tenth of the calibration traffic did: ${verdict}`;
}

function Scores({ scores }: { scores: NonNullable<ModelAnswer["scores"]> }) {
  const largest = Math.max(scores.threshold, ...Object.values(scores.percentiles));
  const rows: [string, number, number | null][] = [
    ...Object.entries(scores.percentiles).map(([p, v]): [string, number, number | null] => [`${p} %`, v, scores.expected[p] ?? null]), ["threshold", scores.threshold, null],
  ];
  return (
    <table class="why">
      <caption>Scores of this watch by percentile, against those of calibration traffic and the threshold</caption>
      <thead><tr><th>percentile</th><th class="number">this watch</th><th class="number">calibration</th><th><span class="hidden">bar</span></th></tr></thead>
      <tbody>{rows.map(([name, value, expected]) => (
        <tr key={name}><th scope="row">{name}</th><td class="number">{score(value)}</td><td class="number">{expected === null ? "" : score(expected)}</td>
          <td><svg class={expected === null ? "bar" : value > scores.threshold ? "bar over" : "bar"} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="8" /><rect class="fill" width={100 * value / largest} height="8" /></svg></td></tr>
      ))}</tbody>
    </table>
  );
}
