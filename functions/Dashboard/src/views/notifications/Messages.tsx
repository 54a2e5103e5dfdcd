import { post, query } from "../../api/client";
import type { Notification } from "../../api/types";
import { Icon, type IconName } from "../../components/Icon";
import { Empty, Failure, Loading } from "../../components/Status";
import { plural, time, title, words } from "../../logic/format";
import { link } from "../../logic/route";
import { attempt } from "../../state/acts";
import { usePages } from "../../state/pages";
import { changes, may } from "../../state/ward";

const icons: Record<Notification["state"], [IconName, string]> = { Failed: ["cross", "bad"], Waiting: ["send", "warn"], Delivered: ["check", "good"] };
const nothing: Record<Notification["state"], [string, string]> = {
  Failed: ["Nothing failed", "Every message got through or is still being tried."], Waiting: ["Nothing waits", "All that was to be said has been said."],
  Delivered: ["Nothing was sent yet", "Messages appear here once somebody was told."],
};

/** Messages of one state, newest first. */
export function Messages({ state }: { state: Notification["state"] }) {
  const pages = usePages<Notification>(`/notifications${query({ state, limit: 100 })}`, [changes.notifications.value]);
  const [none, why] = nothing[state];
  if (!pages.items.length) return pages.error ? <Failure text={pages.error} retry={pages.reload} /> : pages.loading ? <Loading lines={8} /> : <Empty icon="notifications" title={none}>{why}</Empty>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Messages">
      <table class="grid cards-narrow messages">
        <thead><tr><th>State</th><th>Channel</th><th>Why</th><th>Text</th><th>Asked for (UTC)</th><th><span class="hidden">Acts</span></th></tr></thead>
        <tbody>{pages.items.map(n => <Row key={n.id} message={n} reload={pages.reload} />)}</tbody>
      </table>
      {pages.more && <p class="more"><button type="button" disabled={pages.loading} onClick={pages.loadMore}>{pages.loading ? "Loading …" : "Load more"}</button></p>}
    </div>
  );
}

function Row({ message: n, reload }: { message: Notification; reload: () => void }) {
  const resend = async () => { if (await attempt(post(`/notifications/${encodeURIComponent(n.id)}/resend`), "It is being sent again.")) reload(); };
  const [icon, tone] = icons[n.state];
  return (
    <tr>
      <td class="lead"><span class={`health ${tone}`}><Icon name={icon} size={13} />{n.state}</span></td>
      <td class="tight" data-label="channel">{n.channel}</td>
      <td class="tight" data-label="why">{title(words(n.purpose))}</td>
      <td class="text">{n.incidentId ? <a href={link("incidents", n.incidentId)}>{n.text}</a> : n.text}
        {n.lastError && n.state !== "Delivered" && <span class="error">{n.lastError} ({plural(n.attempts, "try", "tries")})</span>}</td>
      <td data-label="asked for"><time>{time(n.requestedAt)}</time></td>
      <td class="right">{n.state === "Failed" && may.value.respond && <button type="button" class="small" onClick={() => void resend()}>Send again</button>}</td>
    </tr>
  );
}
