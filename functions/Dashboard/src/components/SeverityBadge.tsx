import type { Severity } from "../api/types";

const levels: Severity[] = ["Low", "Medium", "High", "Critical"];

/** A severity as a word and as bars, one for each level. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  const level = levels.indexOf(severity);
  return (
    <span class={`severity ${severity}`}>
      <svg width="13" height="10" viewBox="0 0 13 10" aria-hidden="true">
        {levels.map((_, n) => <rect key={n} x={n * 3.5} y={6 - 2 * n} width="2.3" height={4 + 2 * n} rx=".6" fill="currentColor" opacity={n <= level ? 1 : 0.25} />)}
      </svg>
      {severity}
    </span>
  );
}
