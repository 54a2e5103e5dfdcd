import { post } from "../../api/client";
import type { AllowRule, Suppression, SuppressionKind } from "../../api/types";
import { Icon, type IconName } from "../../components/Icon";
import { left, plural, time, title, words } from "../../logic/format";
import { link } from "../../logic/route";
import { attempt } from "../../state/acts";
import { clock, may } from "../../state/ward";

const icons: Record<SuppressionKind, IconName> = { Mute: "mute", Maintenance: "keys", AllowRule: "allow", LearnedBehaviour: "learn" };

export function SuppressionTable({ rows, reload }: { rows: readonly Suppression[]; reload: () => void }) {
  return (
    <table class="grid cards-narrow">
      <thead><tr><th>Kind</th><th>Of</th><th>What</th><th>Until</th><th>By</th><th class="right">Let pass</th><th>State</th><th><span class="hidden">Acts</span></th></tr></thead>
      <tbody>{rows.map(s => <Row key={s.id} suppression={s} reload={reload} />)}</tbody>
    </table>
  );
}

function Row({ suppression: s, reload }: { suppression: Suppression; reload: () => void }) {
  const revoke = async () => { if (await attempt(post(`/suppressions/${encodeURIComponent(s.id)}/revoke`), `${title(words(s.kind))} revoked.`)) reload(); };
  return (
    <tr class={s.active ? "" : "over-now"}>
      <td class="lead"><span class="kind"><Icon name={icons[s.kind]} size={15} />{title(words(s.kind))}</span></td>
      <td class="tight" data-label="of">{s.deviceId ?? s.rule?.deviceId ?? s.ward ?? s.rule?.ward ?? "all devices"}</td>
      <td data-label="what"><What suppression={s} /></td>
      <td class="tight" data-label="until"><time title={`${time(s.from)} to ${time(s.until)} UTC`}>{s.active ? left(s.until, clock.value) : time(s.until)}</time></td>
      <td class="tight" data-label="by">{s.by}</td>
      <td class="right" data-label="let pass">{plural(s.allowed, "segment")}</td>
      <td class="tight" data-label="state">{stateOf(s)}</td>
      <td class="right">{!s.revokedAt && stateOf(s) !== "Over" && may.value.respond && <button type="button" class="small" onClick={() => void revoke()}>Revoke</button>}</td>
    </tr>
  );
}

function stateOf(s: Suppression): string {
  if (s.revokedAt) return `Revoked by ${s.revokedBy}`;
  if (s.active) return "In force";
  return clock.value && s.from > clock.value ? `Begins ${time(s.from)} UTC` : "Over";
}

const parts: [keyof AllowRule, string][] = [["class", "class"], ["feature", "led by"], ["peer", "with"], ["ward", "in"]];

function What({ suppression: s }: { suppression: Suppression }) {
  const { rule } = s;
  if (rule) return <>{parts.filter(([name]) => rule[name]).map(([name, text]) => `${text} ${rule[name]}`).join(", ") || "everything of it"}</>;
  if (s.incidentId) return <>as shown by <a href={link("incidents", s.incidentId)}>{s.incidentId}</a></>;
  return <>nobody is told</>;
}
