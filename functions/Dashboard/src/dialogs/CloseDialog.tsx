import { useState } from "preact/hooks";
import type { Disposition, Incident } from "../api/types";
import { Dialog } from "../components/Dialog";
import { title, words } from "../logic/format";
import { actOn } from "../state/acts";

const dispositions: [Disposition, string][] = [
  ["FalseAlarm", "Nothing was the matter"], ["TrueAttack", "Somebody attacked"], ["Malfunction", "The device or the network was at fault"],
  ["Maintenance", "Somebody worked on the device"],
];

export function CloseDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const [disposition, setDisposition] = useState<Disposition>("FalseAlarm");
  const [note, setNote] = useState("");
  const close = async () => await actOn(incident, "close", { disposition, note: note.trim() || null }, `Closed as ${words(disposition)}.`) !== null;
  return (
    <Dialog title={`Close the incident of ${incident.device.id}`} onClose={onClose} act="Close incident" onAct={close}>
      <fieldset class="choices">
        <legend>What was it?</legend>
        {dispositions.map(([value, meaning]) => (
          <label key={value}><input type="radio" name="disposition" checked={disposition === value} onChange={() => setDisposition(value)} />
            <span><b>{title(words(value))}</b><span class="dim">{meaning}</span></span></label>
        ))}
      </fieldset>
      <label class="field">Note, if you like<textarea rows={3} maxLength={4000} value={note} onInput={e => setNote(e.currentTarget.value)} placeholder="No patient's name belongs here." /></label>
    </Dialog>
  );
}
