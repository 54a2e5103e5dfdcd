import { useState } from "preact/hooks";
import { post } from "../api/client";
import type { Suppression } from "../api/types";
import { Dialog } from "../components/Dialog";
import { attempt } from "../state/acts";
import { clock, devices, wardNames } from "../state/ward";

const offered = 500;
const lengths: [number, string][] = [[0.5, "30 minutes"], [1, "1 hour"], [2, "2 hours"], [4, "4 hours"], [8, "8 hours"], [24, "1 day"], [72, "3 days"], [168, "1 week"]];

/** Plans maintenance of a device or a ward, from now or from a time to come. */
export function MaintenanceDialog({ onClose }: { onClose: () => void }) {
  const [scope, setScope] = useState<"deviceId" | "ward">("deviceId");
  const [name, setName] = useState("");
  const [from, setFrom] = useState("");
  const [hours, setHours] = useState(2);
  const names = scope === "ward" ? wardNames.value : [...devices.value.keys()];
  const plan = async () => {
    const body = { kind: "Maintenance", [scope]: name, minutes: hours * 60, ...(from ? { from: new Date(`${from}Z`).toISOString() } : {}) };
    return await attempt(post<Suppression>("/suppressions", body), `Maintenance of ${name} is planned.`) !== null;
  };
  return (
    <Dialog title="Plan maintenance" onClose={onClose} act="Plan" ready={names.includes(name)} onAct={plan}>
      <p>While somebody works on a device it behaves oddly: that opens no alarm, and is counted.</p>
      <fieldset class="choices row">
        <legend>Of</legend>
        <label><input type="radio" name="scope" checked={scope === "deviceId"} onChange={() => { setScope("deviceId"); setName(""); }} /><b>a device</b></label>
        <label><input type="radio" name="scope" checked={scope === "ward"} onChange={() => { setScope("ward"); setName(""); }} /><b>a whole ward</b></label>
      </fieldset>
      {scope === "ward"
        ? <label class="field">Ward<select value={name} required onChange={e => setName(e.currentTarget.value)}><option value="">Choose …</option>{names.map(n => <option key={n}>{n}</option>)}</select></label>
        : <label class="field">Device<input list="devices" required value={name} onInput={e => setName(e.currentTarget.value)} autocomplete="off" placeholder="Its name" /></label>}
      <datalist id="devices">{scope === "deviceId" && names.filter(n => n.includes(name)).slice(0, offered).map(n => <option key={n} value={n} />)}</datalist>
      <div class="pair">
        <label class="field">From (UTC, by the ward's clock){" "}<input type="datetime-local" value={from} min={clock.value?.slice(0, 16)} onInput={e => setFrom(e.currentTarget.value)} /><span class="dim small">Empty: from now</span></label>
        <label class="field">For<select value={hours} onChange={e => setHours(Number(e.currentTarget.value))}>{lengths.map(([h, text]) => <option key={h} value={h}>{text}</option>)}</select></label>
      </div>
    </Dialog>
  );
}
