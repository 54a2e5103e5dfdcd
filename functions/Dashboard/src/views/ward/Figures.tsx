import { useMemo } from "preact/hooks";
import type { Condition } from "../../api/types";
import { StateShape } from "../../components/StateBadge";
import { conditions, countConditions } from "../../logic/conditions";
import { compact, count } from "../../logic/format";
import { openCount, openOf } from "../../logic/incidents";
import { link } from "../../logic/route";
import { setQuery } from "../../state/router";
import { devices, overview } from "../../state/ward";

const severities = ["Critical", "High", "Medium", "Low"];
const shown = 2;

/** The ward in figures; each state is also a filter of the devices below. */
export function Figures({ state }: { state: string }) {
  const all = devices.value;
  const ward = overview.value;
  const counts = useMemo(() => countConditions(all.values()), [all]);
  return (
    <div class="figures">
      <div class="states" role="group" aria-label="Devices by state">
        {conditions.map((c: Condition) => (
          <button key={c} type="button" class={`figure ${c} ${counts[c] ? "" : "none"}`} aria-pressed={state === c} onClick={() => setQuery({ state: state === c ? "" : c })}>
            <span class="name"><StateShape state={c} />{c}</span><span class="number">{compact(counts[c])}</span>
          </button>
        ))}
      </div>
      <a class="figure" href={link("incidents")}>
        <span class="name">Open incidents</span><span class="number">{ward ? count(openCount(ward)) : "–"}</span>
        <span class="parts">{ward && severities.filter(s => openOf(ward, s)).slice(0, shown).map(s => <span key={s} class={`severity ${s}`}>{count(openOf(ward, s))} {s.toLowerCase()}</span>)}</span>
      </a>
      <div class="figure">
        <span class="name">Packets a second</span><span class="number">{ward ? compact(Math.round(ward.packetsPerSecond)) : "–"}</span>
        <span class="parts dim">{ward ? `${compact(ward.packets)} in all${ward.watching ? "" : ", not watching now"}` : ""}</span>
      </div>
    </div>
  );
}
