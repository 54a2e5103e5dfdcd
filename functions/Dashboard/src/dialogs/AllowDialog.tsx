import { useEffect, useState } from "preact/hooks";
import { post, reason } from "../api/client";
import type { AllowRule, IncidentDetail, Preview, Suppression } from "../api/types";
import { Dialog } from "../components/Dialog";
import { Failure, Loading } from "../components/Status";
import { attempt } from "../state/acts";
import { Days, isDays } from "./Days";
import { Silences } from "./Silences";

const minutesPerDay = 1440;

/** Allows anomalies that fit a rule, filled in from an incident, after showing what the rule would have done to the past. */
export function AllowDialog({ detail, onClose }: { detail: IncidentDetail; onClose: () => void }) {
  const { device, suspected } = detail.incident;
  const parts: [keyof AllowRule, string, string | null, string | null][] = [
    ["deviceId", "Of this device", device.id, device.id], ["class", "Of this class", suspected?.name ?? null, suspected?.name ?? null],
    ["feature", "Led by this feature", detail.why[0]?.name ?? null, detail.why[0]?.label ?? null], ["peer", "With this peer", detail.peers[0] ?? null, detail.peers[0] ?? null],
    ["ward", "In this ward", device.ward, device.ward],
  ];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(["deviceId", suspected ? "class" : "feature"]));
  const [days, setDays] = useState(30);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  const rule = Object.fromEntries(parts.map(([name, , value]) => [name, chosen.has(name) ? value : null])) as unknown as AllowRule;
  const text = JSON.stringify(rule);
  useEffect(() => {
    let gone = false;
    setPreview(null);
    setConfirmed(false);
    post<Preview>("/suppressions/preview", { rule: JSON.parse(text) as AllowRule })
      .then(p => { if (!gone) { setPreview(p); setError(null); } })
      .catch((e: unknown) => { if (!gone) setError(reason(e)); });
    return () => { gone = true; };
  }, [text]);
  const attacks = (preview?.closedAsAttack.length ?? 0) > 0;
  const toggle = (name: string) => { const next = new Set(chosen); if (!next.delete(name)) next.add(name); setChosen(next); };
  const allow = async () => await attempt(post<Suppression>("/suppressions", { kind: "AllowRule", minutes: days * minutesPerDay, rule }), "Allowed from now on.") !== null;
  return (
    <Dialog title="Allow what is known and harmless" onClose={onClose} act="Allow" danger={attacks} ready={preview !== null && isDays(days) && (confirmed || !attacks)} onAct={allow}>
      <fieldset class="choices">
        <legend>Anomalies that fit all of these open no incident</legend>
        {parts.filter(([, , value]) => value).map(([name, meaning, , label]) => (
          <label key={name}><input type="checkbox" checked={chosen.has(name)} onChange={() => toggle(name)} /><span><span class="dim">{meaning}</span><b>{label}</b></span></label>
        ))}
      </fieldset>
      <div class="reserved">{error ? <Failure text={error} /> : preview ? <Silences preview={preview} confirmed={confirmed} onConfirm={setConfirmed} /> : <Loading lines={3} />}</div>
      <Days value={days} onInput={setDays} />
    </Dialog>
  );
}
