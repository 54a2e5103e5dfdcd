import { useEffect, useState } from "preact/hooks";
import { actOn, attempt } from "./acts";
import { get, post, Problem } from "./api/client";
import type { AllowRule, Disposition, Incident, IncidentDetail, LearningPreview, Preview, Suppression } from "./api/types";
import { Dialog } from "./components/Dialog";
import { Failure } from "./components/Status";
import { count, words } from "./format";
import { link } from "./router";

const dispositions: [Disposition, string][] = [
  ["FalseAlarm", "Nothing was the matter"], ["TrueAttack", "Somebody attacked"], ["Malfunction", "The device or the network was at fault"], ["Maintenance", "Somebody worked on it"],
];

function Buttons({ onClose, children }: { onClose: () => void; children: preact.ComponentChildren }) {
  return <p class="buttons end"><button type="button" onClick={onClose}>Cancel</button>{children}</p>;
}

export function CloseDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const [disposition, setDisposition] = useState<Disposition>("FalseAlarm");
  const [note, setNote] = useState("");
  const submit = async () => {
    if (await actOn(incident, "close", { disposition, note: note.trim() || null }, `Closed as ${words(disposition)}.`)) onClose();
  };
  return (
    <Dialog title={`Close incident ${incident.id}`} onClose={onClose}>
      <form onSubmit={e => { e.preventDefault(); void submit(); }}>
        <fieldset><legend>What was it?</legend>{dispositions.map(([value, meaning]) => (
          <label key={value} class="choice"><input type="radio" name="disposition" checked={disposition === value} onChange={() => setDisposition(value)} /> <b>{words(value)}</b> <span class="dim">{meaning}</span></label>
        ))}</fieldset>
        <label>Note <textarea rows={3} maxLength={4000} value={note} onInput={e => setNote(e.currentTarget.value)} /></label>
        <Buttons onClose={onClose}><button class="primary" type="submit">Close incident</button></Buttons>
      </form>
    </Dialog>
  );
}

function Silences({ preview }: { preview: Preview }) {
  return (
    <>
      <p>Would have silenced <b>{count(preview.incidents)}</b> of the last {count(preview.of)} incidents.</p>
      {preview.closedAsAttack.length > 0 && (
        <p class="failure" role="alert">Among them {count(preview.closedAsAttack.length)} closed as attacks: {preview.closedAsAttack.slice(0, 5).map(id => <><a href={link("incidents", id)}>{id}</a> </>)}</p>
      )}
    </>
  );
}

export function LearnDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const [preview, setPreview] = useState<LearningPreview | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [days, setDays] = useState(30);
  const path = `/incidents/${encodeURIComponent(incident.id)}/learn`;
  useEffect(() => { get<LearningPreview>(path).then(setPreview).catch((e: unknown) => setError(e instanceof Problem ? e.message : String(e))); }, [path]);
  const submit = async () => { if (await attempt(post<Suppression>(path, { days }), `This is normal for ${incident.device.id} from now on.`)) onClose(); };
  return (
    <Dialog title={`Learn: this is normal for ${incident.device.id}`} onClose={onClose}>
      <form onSubmit={e => { e.preventDefault(); void submit(); }}>
        {error ? <Failure text={error} /> : preview ? (
          <>
            <p>{preview.behaviour.silenceLimitSeconds !== null
              ? `Pauses of up to ${count(preview.behaviour.silenceLimitSeconds)} s become normal.`
              : `Traffic like that of ${count(preview.behaviour.segments)} kept segments becomes normal, up to ${count(preview.behaviour.rateLimit)} packets a second. Anything else stays strange, and so does the same on other devices.`}</p>
            <Silences preview={preview.silences} />
            <label>Holds for <input type="number" min={1} max={90} value={days} onInput={e => setDays(e.currentTarget.valueAsNumber)} /> days; it can be revoked at any time.</label>
          </>
        ) : <p class="dim">Looking at the evidence …</p>}
        <Buttons onClose={onClose}><button class="primary" type="submit" disabled={!preview || !(days > 0)}>Learn</button></Buttons>
      </form>
    </Dialog>
  );
}

export function MuteDialog({ deviceId, onClose }: { deviceId: string; onClose: () => void }) {
  const mute = async (minutes: number) => {
    if (await attempt(post<Suppression>("/suppressions", { kind: "Mute", deviceId, minutes }), `${deviceId} is muted. What it does is still recorded.`)) onClose();
  };
  return (
    <Dialog title={`Mute ${deviceId}`} onClose={onClose}>
      <p>Nobody is told of it; incidents are recorded all the same. One that outlasts the mute is told then.</p>
      <Buttons onClose={onClose}>{[[60, "1 hour"], [480, "8 hours"], [1440, "24 hours"]].map(([minutes, name]) => (
        <button key={name} type="button" class="primary" onClick={() => void mute(minutes as number)}>{name}</button>
      ))}</Buttons>
    </Dialog>
  );
}

export function AllowDialog({ detail, onClose }: { detail: IncidentDetail; onClose: () => void }) {
  const { device, suspected } = detail.incident;
  const parts: [keyof AllowRule, string, string | null][] = [
    ["deviceId", "this device", device.id], ["class", "this class", suspected?.name ?? null], ["feature", "led by this feature", detail.why[0]?.name ?? null],
    ["peer", "with this peer", detail.peers[0] ?? null], ["ward", "in this ward", device.ward],
  ];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(["deviceId", suspected ? "class" : "feature"]));
  const [days, setDays] = useState(30);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<string | null>(null);
  const rule = Object.fromEntries(parts.map(([name, , value]) => [name, chosen.has(name) ? value : null])) as unknown as AllowRule;
  const text = JSON.stringify(rule);
  useEffect(() => {
    let gone = false;
    post<Preview>("/suppressions/preview", { rule: JSON.parse(text) as AllowRule })
      .then(p => { if (!gone) { setPreview(p); setError(null); } })
      .catch((e: unknown) => { if (!gone) setError(e instanceof Problem ? e.message : String(e)); });
    return () => { gone = true; };
  }, [text]);
  const submit = async () => {
    if (await attempt(post<Suppression>("/suppressions", { kind: "AllowRule", minutes: days * 1440, rule }), "Allowed from now on.")) onClose();
  };
  return (
    <Dialog title="Allow what is known and harmless" onClose={onClose}>
      <form onSubmit={e => { e.preventDefault(); void submit(); }}>
        <fieldset><legend>Anomalies that fit all of these open no incident</legend>{parts.filter(([, , value]) => value).map(([name, meaning, value]) => (
          <label key={name} class="choice"><input type="checkbox" checked={chosen.has(name)} onChange={() => { const next = new Set(chosen); if (!next.delete(name)) next.add(name); setChosen(next); }} /> {meaning} <b>{value}</b></label>
        ))}</fieldset>
        {error ? <Failure text={error} /> : preview && <Silences preview={preview} />}
        <label>Holds for <input type="number" min={1} max={90} value={days} onInput={e => setDays(e.currentTarget.valueAsNumber)} /> days.</label>
        <Buttons onClose={onClose}><button class="primary" type="submit" disabled={!(days > 0)}>Allow</button></Buttons>
      </form>
    </Dialog>
  );
}
