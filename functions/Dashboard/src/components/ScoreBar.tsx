import { score as text } from "../logic/format";

/** The score against the threshold, which stands in the middle of the bar. */
export function ScoreBar({ score, threshold }: { score: number | string | null; threshold: number | null }) {
  if (score === null) return <span class="score"><span class="faint">no score yet</span></span>;
  const value = typeof score === "number" ? score : Infinity;
  const over = threshold !== null && value > threshold;
  const share = threshold !== null && threshold > 0 ? Math.max(0, Math.min(100, 50 * value / threshold)) : 0;
  return (
    <span class="score">
      {threshold !== null && threshold > 0 && (
        <svg class={over ? "bar over" : "bar calm"} viewBox="0 0 100 8" preserveAspectRatio="none" role="img"
             aria-label={`score ${text(score)}, threshold ${text(threshold)}${over ? ": strange" : ""}`}>
          <rect class="track" width="100" height="8" rx="2" /><rect class="fill" width={share} height="8" rx="2" /><rect class="mark" x="49.3" width="1.4" height="8" />
        </svg>
      )}
      <span class={over ? "value over" : "value"}>{text(score)}</span>
    </span>
  );
}
