import type { ScoreDistribution } from "../../api/types";
import { score } from "../../logic/format";

/** Percentiles of the scores as bars, with the threshold as a line through them. */
export function ScoreLadder({ scores }: { scores: ScoreDistribution }) {
  const rows = Object.entries(scores.percentiles).sort((a, b) => Number(a[0]) - Number(b[0]));
  const largest = 1.08 * Math.max(scores.threshold, ...rows.map(([, value]) => value), 1e-9);
  const mark = Math.min(100, 100 * scores.threshold / largest);
  return (
    <div class="ladder">
      <table class="grid">
        <thead><tr><th>Percentile</th><th class="right">Score</th><th class="right">Calibration</th><th><span class="hidden">Against the threshold</span></th></tr></thead>
        <tbody>{rows.map(([percentile, value]) => (
          <tr key={percentile}>
            <th scope="row">{percentile} %</th><td class="right strong">{score(value)}</td><td class="right">{score(scores.expected[percentile] ?? null)}</td>
            <td class="wide-bar"><svg class={value > scores.threshold ? "bar over" : "bar"} viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={value > scores.threshold ? "above the threshold" : "below the threshold"}>
              <rect class="track" width="100" height="8" /><rect class="fill" width={Math.max(0, 100 * value / largest)} height="8" /><rect class="mark" x={mark} width=".6" height="8" /></svg></td>
          </tr>
        ))}</tbody>
      </table>
      <p class="dim">The line stands at the threshold, {score(scores.threshold)}: segments above it are strange.</p>
    </div>
  );
}
