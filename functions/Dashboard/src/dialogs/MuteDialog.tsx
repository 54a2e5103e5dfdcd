import { useState } from "preact/hooks";
import { post } from "../api/client";
import type { Suppression } from "../api/types";
import { Dialog } from "../components/Dialog";
import { attempt } from "../state/acts";

const lengths: [number, string][] = [[60, "1 hour"], [480, "8 hours"], [1440, "24 hours"]];

export function MuteDialog({ deviceId, onClose }: { deviceId: string; onClose: () => void }) {
  const [minutes, setMinutes] = useState(60);
  const mute = async () =>
    await attempt(post<Suppression>("/suppressions", { kind: "Mute", deviceId, minutes }), `${deviceId} is muted. What it does is still recorded.`) !== null;
  return (
    <Dialog title={`Mute ${deviceId}`} onClose={onClose} act="Mute" onAct={mute}>
      <p>Nobody is told of this device. Its incidents are recorded all the same, and one that outlasts the mute is told then.</p>
      <fieldset class="choices row">
        <legend>For how long?</legend>
        {lengths.map(([value, name]) => <label key={value}><input type="radio" name="length" checked={minutes === value} onChange={() => setMinutes(value)} /><b>{name}</b></label>)}
      </fieldset>
    </Dialog>
  );
}
