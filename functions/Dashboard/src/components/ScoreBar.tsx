import { score as text } from "../format";

/** The score against the threshold, which stands in the middle of the bar. */
export function ScoreBar({ score, threshold }: { score: number | null; threshold: number }) {
  if (score === null || !(threshold > 0)) return <span class="dim">–</span>;
  const share = Math.max(0, Math.min(100, 50 * score / threshold));
  return (
    <span class="score">
      <svg class={score > threshold ? "bar over" : "bar"} viewBox="0 0 100 8" preserveAspectRatio="none" role="img"
           aria-label={`score ${text(score)}, threshold ${text(threshold)}`}>
        <rect class="track" width="100" height="8" /><rect class="fill" width={share} height="8" /><rect class="mark" x="49.5" width="1" height="8" />
      </svg>
      <span class="number">{text(score)}</span>
    </span>
  );
}
