import { useState } from "preact/hooks";
import { post } from "../api/client";
import type { Incident, LearningPreview, Suppression } from "../api/types";
import { Dialog } from "../components/Dialog";
import { Failure, Loading } from "../components/Status";
import { plural, score } from "../logic/format";
import { attempt } from "../state/acts";
import { useResource } from "../state/resource";
import { Days, isDays } from "./Days";
import { Silences } from "./Silences";

/** Makes what an incident showed normal for its device, after showing what that would have done to the past. */
export function LearnDialog({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  const { device } = incident;
  const path = `/incidents/${encodeURIComponent(incident.id)}/learn`;
  const { data, error } = useResource<LearningPreview>(path);
  const [days, setDays] = useState(30);
  const [confirmed, setConfirmed] = useState(false);
  const attacks = (data?.silences.closedAsAttack.length ?? 0) > 0;
  const learn = async () => await attempt(post<Suppression>(path, { days }), `From now on this is normal for ${device.id}.`) !== null;
  return (
    <Dialog title={`Learn: this is normal for ${device.id}`} onClose={onClose} act="Learn" danger={attacks} ready={data !== null && isDays(days) && (confirmed || !attacks)} onAct={learn}>
      <div class="reserved">
        {error && <Failure text={error.text} />}
        {!error && !data && <Loading lines={4} />}
        {data && <><p>{behaviour(data)}</p><Silences preview={data.silences} confirmed={confirmed} onConfirm={setConfirmed} /></>}
      </div>
      <Days value={days} onInput={setDays} />
    </Dialog>
  );
}

function behaviour({ behaviour: b }: LearningPreview): string {
  return b.silenceLimitSeconds !== null
    ? `Pauses of up to ${plural(Math.round(b.silenceLimitSeconds), "second")} become normal for this device.`
    : `Traffic like that of ${plural(b.segments, "kept segment")} becomes normal for this device, up to a score of ${score(b.scoreLimit)} and ${score(b.rateLimit)} packets a second. `
      + "Anything beyond stays strange, and so does the same on other devices.";
}
