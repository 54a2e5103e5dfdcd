import type { Preview } from "../api/types";
import { Icon } from "../components/Icon";
import { Share } from "../components/Share";
import { count, plural } from "../logic/format";
import { link } from "../logic/route";

const shown = 5;

/** What would have been silenced in history; attacks among it in red, to be confirmed one by one. */
export function Silences({ preview, confirmed, onConfirm }: { preview: Preview; confirmed: boolean; onConfirm: (yes: boolean) => void }) {
  const attacks = preview.closedAsAttack;
  const others = (preview.silenced ?? preview.examples ?? []).filter(id => !attacks.includes(id)).slice(0, shown);
  return (
    <div class="silences">
      <p><b>{count(preview.incidents)}</b> of the last {plural(preview.of, "incident")} would not have opened.</p>
      <Share share={preview.of ? preview.incidents / preview.of : 0} tone={attacks.length ? "over" : "calm"} />
      {attacks.length > 0 && (
        <div class="danger-box" role="alert">
          <p><Icon name="incidents" /> <b>{plural(attacks.length, "of them was closed as an attack", "of them were closed as attacks")}</b></p>
          <p><Ids ids={attacks} /></p>
          <label><input type="checkbox" checked={confirmed} onChange={e => onConfirm(e.currentTarget.checked)} /> I know that an attack like these would stay unseen</label>
        </div>
      )}
      {others.length > 0 && <p class="dim">For example <Ids ids={others} /></p>}
    </div>
  );
}

function Ids({ ids }: { ids: readonly string[] }) {
  return <>{ids.slice(0, shown).map((id, n) => <span key={id}>{n > 0 && ", "}<a href={link("incidents", id)} target="_blank" rel="noreferrer">{id}</a></span>)}{ids.length > shown && ` and ${ids.length - shown} more`}</>;
}
