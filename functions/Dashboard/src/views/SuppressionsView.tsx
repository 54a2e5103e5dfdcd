import { useMemo, useState } from "preact/hooks";
import { attempt } from "../acts";
import { post } from "../api/client";
import type { Suppression } from "../api/types";
import { Empty, Failure } from "../components/Status";
import { count, time, title, words } from "../format";
import { link } from "../router";
import { useResource } from "../state/resource";
import { changes, devices, may } from "../state/ward";

/** What is known to be harmless, who said so, until when, and what it let pass. */
export function SuppressionsView() {
  const [all, setAll] = useState(false);
  const list = useResource<Suppression[]>(`/suppressions${all ? "?all=true" : ""}`, [changes.suppressions.value]);
  return (
    <>
      <section class="card full">
        <div class="toolbar"><h1>Suppressions</h1><label><input type="checkbox" checked={all} onChange={() => setAll(!all)} /> ended ones too</label></div>
        {list.error && <Failure text={list.error} retry={list.reload} />}
        {list.data && (list.data.length ? <Table rows={list.data} reload={list.reload} /> : <Empty>Nothing is silenced: every strange device opens an incident, and people are told.</Empty>)}
      </section>
      {may.value.analyse && <Plan reload={list.reload} />}
    </>
  );
}

function Table({ rows, reload }: { rows: Suppression[]; reload: () => void }) {
  const revoke = async (s: Suppression) => { await attempt(post(`/suppressions/${s.id}/revoke`), `${title(words(s.kind))} revoked.`); reload(); };
  return (
    <div class="scroll table" tabIndex={0} role="region" aria-label="Suppressions">
      <table>
        <thead><tr><th>kind</th><th>of</th><th>what</th><th>until (UTC)</th><th>by</th><th class="number">let pass</th><th>state</th><th><span class="hidden">acts</span></th></tr></thead>
        <tbody>{rows.map(s => (
          <tr key={s.id} class={s.active ? "" : "closed"}>
            <td>{words(s.kind)}</td><td data-label="of">{s.deviceId ?? s.ward ?? "all devices"}</td><td data-label="what">{what(s)}</td>
            <td data-label="until"><time>{time(s.until)}</time></td><td data-label="by">{s.by}</td><td data-label="let pass" class="number">{count(s.allowed)}</td>
            <td data-label="state">{s.revokedAt ? `revoked by ${s.revokedBy}` : s.active ? "active" : "planned or over"}</td>
            <td class="acts">{s.active && may.value.respond && <button type="button" onClick={() => void revoke(s)}>Revoke</button>}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}

function what(s: Suppression) {
  if (s.rule) return Object.entries(s.rule).filter(([name, value]) => value && !["deviceId", "ward"].includes(name)).map(([name, value]) => `${name} ${value}`).join(", ");
  return s.incidentId ? <>as in <a href={link("incidents", s.incidentId)}>{s.incidentId}</a></> : "nobody is told";
}

function Plan({ reload }: { reload: () => void }) {
  const known = devices.value;
  const wards = useMemo(() => [...new Set([...known.values()].map(d => d.device.ward))].sort(), [known]);
  const [of, setOf] = useState("");
  const [hours, setHours] = useState(2);
  const submit = async () => {
    const body = { kind: "Maintenance", minutes: hours * 60, ...(wards.includes(of) ? { ward: of } : { deviceId: of }) };
    if (await attempt(post("/suppressions", body), `Maintenance of ${of} has begun.`)) { setOf(""); reload(); }
  };
  return (
    <form class="card toolbar" onSubmit={e => { e.preventDefault(); void submit(); }}>
      <h2>Begin maintenance</h2>
      <label>of <input list="places" required placeholder="ward or device" value={of} onInput={e => setOf(e.currentTarget.value)} /></label>
      <datalist id="places">{wards.map(w => <option key={w} value={w} />)}{[...known.keys()].slice(0, 500).map(id => <option key={id} value={id} />)}</datalist>
      <label>for <input type="number" min={0.25} max={168} step={0.25} value={hours} onInput={e => setHours(e.currentTarget.valueAsNumber)} /> hours</label>
      <button class="primary" type="submit">Begin</button>
    </form>
  );
}
