import { ago, time } from "../logic/format";
import { clock } from "../state/ward";

/** How long ago something was by the ward's clock; the time itself on pointing. */
export function Moment({ at }: { at: string | null }) {
  return <time class="moment" dateTime={at ?? undefined} title={at ? `${time(at)} UTC` : undefined}>{ago(at, clock.value)}</time>;
}
