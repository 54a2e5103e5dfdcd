/** A part of a whole as a small bar; the number stands beside it. */
export function Share({ share, tone = "" }: { share: number; tone?: string }) {
  return (
    <svg class={`bar ${tone}`} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="100" height="8" rx="2" /><rect class="fill" width={Math.max(0, Math.min(100, 100 * share))} height="8" rx="2" />
    </svg>
  );
}
