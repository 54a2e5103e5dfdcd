import { useMemo, useState } from "preact/hooks";
import type { Condition, DeviceState } from "../api/types";
import { SeverityBadge, StateBadge } from "../components/Badge";
import { IncidentCard } from "../components/IncidentCard";
import { ScoreBar } from "../components/ScoreBar";
import { Empty } from "../components/Status";
import { VirtualList } from "../components/VirtualList";
import { ago, count, words } from "../format";
import { link } from "../router";
import { clock, devices, openIncidents, overview } from "../state/ward";

const states: Condition[] = ["Incident", "Silent", "Strange", "Learning", "Normal", "Unheard"];

/** How the ward is at this moment: figures, every device, and the latest open incidents. */
export function WardView() {
  const [ward, setWard] = useState("");
  const [state, setState] = useState("");
  const [text, setText] = useState("");
  const all = devices.value;
  const shown = useMemo(() => {
    const wanted = text.toLowerCase();
    return [...all.values()]
      .filter(d => (!ward || d.device.ward === ward) && (!state || d.state === state)
        && (!wanted || `${d.device.id} ${d.device.kind} ${d.device.ward} ${d.device.address}`.toLowerCase().includes(wanted)))
      .sort((a, b) => states.indexOf(a.state) - states.indexOf(b.state) || a.device.id.localeCompare(b.device.id));
  }, [all, ward, state, text]);
  const wards = useMemo(() => [...new Set([...all.values()].map(d => d.device.ward))].sort(), [all]);
  const recent = openIncidents.value.slice(0, 20);
  return (
    <>
      <h1 class="hidden">Ward</h1>
      <Figures />
      <div class="columns">
        <section class="card">
          <div class="toolbar">
            <h2>Devices</h2>
            <input data-search type="search" placeholder="Search" aria-label="Search devices" value={text} onInput={e => setText(e.currentTarget.value)} />
            <select aria-label="Ward" value={ward} onChange={e => setWard(e.currentTarget.value)}>
              <option value="">all wards</option>{wards.map(w => <option key={w}>{w}</option>)}
            </select>
            <select aria-label="State" value={state} onChange={e => setState(e.currentTarget.value)}>
              <option value="">all states</option>{states.map(s => <option key={s} value={s}>{words(s)}</option>)}
            </select>
            <span class="dim">{count(shown.length)} of {count(all.size)}</span>
          </div>
          <VirtualList items={shown} rowHeight={44} label="Devices" render={d => <DeviceRow device={d} wards={wards.length} />}
                       empty={<Empty>{all.size ? "No device fits." : "No device has been seen yet."}</Empty>} />
        </section>
        <section class="card">
          <div class="toolbar"><h2>Open incidents</h2><a href={link("incidents")}>all</a></div>
          <div class="scroll" tabIndex={0} role="region" aria-label="Open incidents">
            {recent.length ? recent.map(i => <IncidentCard key={i.id} incident={i} />) : <Empty>None. The ward is calm.</Empty>}
          </div>
        </section>
      </div>
    </>
  );
}

function Figures() {
  const ward = overview.value;
  const all = devices.value;
  const by = useMemo(() => {
    const counts = new Map<Condition, number>();
    for (const d of all.values()) counts.set(d.state, (counts.get(d.state) ?? 0) + 1);
    return counts;
  }, [all]);
  const figures: [string, string, boolean][] = [
    ["devices", count(all.size), false],
    ["with an incident going on", count(by.get("Incident") ?? 0), (by.get("Incident") ?? 0) > 0],
    ["silent", count(by.get("Silent") ?? 0), (by.get("Silent") ?? 0) > 0],
    ["open, high or critical", ward ? count(ward.open.High + ward.open.Critical) : "–", ward ? ward.open.High + ward.open.Critical > 0 : false],
    ["messages waiting / failed", ward ? `${count(ward.notifications.waiting)} / ${count(ward.notifications.failed)}` : "–", (ward?.notifications.failed ?? 0) > 0],
  ];
  return <dl class="figures">{figures.map(([name, value, bad]) => <div key={name} class={bad ? "bad" : ""}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}

function DeviceRow({ device: d, wards }: { device: DeviceState; wards: number }) {
  return (
    <a class="device" href={link("incidents", undefined, { deviceId: d.device.id })}>
      <span class="id" title={d.device.id}>{d.device.id}</span>
      <span class="dim wide" title={`${d.device.kind}, ${d.device.ward}`}>{wards > 1 ? `${d.device.ward} · ` : ""}{d.device.kind}</span>
      <StateBadge state={d.state} />
      <span class="wide"><ScoreBar score={d.score} threshold={d.threshold} /></span>
      <span class="dim number" title="last seen before the ward's clock">{ago(d.lastSeen, clock.value)}</span>
      <span class="open">{d.mutedUntil && <span class="mark" title={`muted until ${d.mutedUntil}`}>muted</span>}
        {d.openIncidents > 0 && d.worst && <><SeverityBadge severity={d.worst} /> <span class="number">{count(d.openIncidents)}</span></>}</span>
    </a>
  );
}
