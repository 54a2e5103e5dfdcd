import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { acknowledge } from "../acts";
import { query } from "../api/client";
import type { Incident } from "../api/types";
import { SeverityBadge } from "../components/Badge";
import { likeness } from "../components/IncidentCard";
import { Empty, Failure } from "../components/Status";
import { count, score, time, words } from "../format";
import { onKey } from "../keys";
import { go, link, route } from "../router";
import { devices, incidents, may, overview } from "../state/ward";
import { usePages } from "../state/pages";

const pageSize = 100;
const sorts: [string, string][] = [["OpenedAt", "newest"], ["LastSeenAt", "last seen"], ["Severity", "most severe"], ["Score", "highest score"]];
const dispositions = ["TrueAttack", "Malfunction", "FalseAlarm", "Maintenance"];

/** All incidents, a page at a time; those on the page follow what happens to them. */
export function IncidentsView() {
  const asked = route.value.query;
  const [filter, setFilter] = useState({ open: asked.get("open") ?? (asked.size ? "" : "true"), ward: "", kind: "", severity: "", disposition: "",
    class: asked.get("class") ?? "", deviceId: asked.get("deviceId") ?? "", sort: "OpenedAt" });
  const pages = usePages<Incident>(`/incidents${query({ ...filter, limit: pageSize })}`);
  const [at, setAt] = useState(0);
  // Keys may come faster than the page is drawn.
  const current = useRef(0);
  const move = (to: number) => { current.current = to; setAt(to); };
  const set = (name: keyof typeof filter) => (e: { currentTarget: { value: string } }) => { setFilter({ ...filter, [name]: e.currentTarget.value }); move(0); };
  const told = incidents.value;
  // What the stream has told is newer than what was fetched.
  const rows = useMemo(() => pages.items.map(i => { const n = told.get(i.id); return n && n.version > i.version ? n : i; }), [pages.items, told]);
  const fetched = useMemo(() => new Set(pages.items.map(i => i.id)), [pages.items]);
  const fresh = [...told.values()].filter(i => !i.closedAt && !fetched.has(i.id) && (!pages.items[0] || i.openedAt > pages.items[0].openedAt)).length;
  const wards = useMemo(() => [...new Set([...devices.value.values()].map(d => d.device.ward))].sort(), [devices.value]);

  useEffect(() => { setFilter(f => ({ ...f, deviceId: asked.get("deviceId") ?? "", class: asked.get("class") ?? "", open: asked.get("open") ?? (asked.size ? "" : f.open) })); }, [asked]);
  useEffect(() => onKey(key => {
    if (key === "j" || key === "k") {
      const next = Math.max(0, Math.min(rows.length - 1, current.current + (key === "j" ? 1 : -1)));
      move(next);
      document.getElementById(`row-${next}`)?.scrollIntoView({ block: "nearest" });
      return true;
    }
    const row = rows[current.current];
    if (key === "Enter" && row && document.activeElement === document.body) { go("incidents", row.id); return true; }
    if (key === "a" && row && !row.closedAt && may.value.respond) { void acknowledge(row); return true; }
    return false;
  }), [rows]);

  return (
    <section class="card full">
      <div class="toolbar">
        <h1>Incidents</h1>
        <select aria-label="State" value={filter.open} onChange={set("open")}><option value="true">open</option><option value="false">closed</option><option value="">all</option></select>
        <select aria-label="Ward" value={filter.ward} onChange={set("ward")}><option value="">all wards</option>{wards.map(w => <option key={w}>{w}</option>)}</select>
        <select aria-label="Kind" value={filter.kind} onChange={set("kind")}><option value="">all kinds</option><option value="Behaviour">behaviour</option><option value="Silence">silence</option></select>
        <select aria-label="Severity" value={filter.severity} onChange={set("severity")}>
          <option value="">any severity</option>{["Medium", "High", "Critical"].map(s => <option key={s} value={s}>{s.toLowerCase()} or more</option>)}
        </select>
        {filter.open !== "true" && <select aria-label="Disposition" value={filter.disposition} onChange={set("disposition")}>
          <option value="">closed as anything</option>{dispositions.map(d => <option key={d} value={d}>{words(d)}</option>)}
        </select>}
        <input data-search type="search" placeholder="Device" aria-label="Device id" value={filter.deviceId} onChange={set("deviceId")} />
        <input type="search" placeholder="Class" aria-label="Suspected class" value={filter.class} onChange={set("class")} />
        <select aria-label="Order" value={filter.sort} onChange={set("sort")}>{sorts.map(([value, name]) => <option key={value} value={value}>{name}</option>)}</select>
        {fresh > 0 && filter.open !== "false" && <button type="button" class="primary" onClick={pages.reload}>{count(fresh)} new</button>}
        <span class="dim">{overview.value ? `${count(Object.values(overview.value.open).reduce((a, b) => a + b, 0))} open in all` : ""}</span>
      </div>
      {pages.error && <Failure text={pages.error} retry={pages.reload} />}
      <div class="scroll table" tabIndex={0} role="region" aria-label="Incidents">
        <table>
          <thead><tr><th>severity</th><th>device</th><th>ward</th><th>like</th><th class="number">score</th><th class="number">segments</th><th>opened (UTC)</th><th>state</th><th><span class="hidden">acts</span></th></tr></thead>
          <tbody>{rows.map((i, n) => <Row key={i.id} incident={i} number={n} current={n === at} />)}</tbody>
        </table>
        {rows.length === 0 && !pages.loading && !pages.error && <Empty>No incident fits.</Empty>}
        {pages.more && <p class="more"><button type="button" disabled={pages.loading} onClick={pages.more}>{pages.loading ? "Loading …" : "Load more"}</button></p>}
      </div>
    </section>
  );
}

function Row({ incident: i, number, current }: { incident: Incident; number: number; current: boolean }) {
  return (
    <tr id={`row-${number}`} class={`${current ? "current" : ""} ${i.closedAt ? "closed" : ""}`}>
      <td><SeverityBadge severity={i.severity} /></td>
      <td data-label="device"><a href={link("incidents", i.id)}>{i.device.id}</a></td>
      <td data-label="ward">{i.device.ward}</td>
      <td data-label="like">{likeness(i)}</td>
      <td data-label="score" class="number">{score(i.highestScore)}</td>
      <td data-label="segments" class="number">{count(i.segments)}</td>
      <td data-label="opened"><time>{time(i.openedAt)}</time></td>
      <td data-label="state">{i.closedAt ? words(i.disposition ?? "closed") : i.acknowledgedBy ? `${i.acknowledgedBy} is looking` : i.suppressedBy ? "open, nobody told" : "open"}</td>
      <td class="acts">{!i.closedAt && !i.acknowledgedBy && may.value.respond && <button type="button" onClick={() => void acknowledge(i)}>Acknowledge</button>}</td>
    </tr>
  );
}
