import { useState } from "preact/hooks";
import { attempt } from "../acts";
import { post, query } from "../api/client";
import type { Channel, Notification } from "../api/types";
import { Empty, Failure } from "../components/Status";
import { count, time, words } from "../format";
import { link } from "../router";
import { usePages } from "../state/pages";
import { useResource } from "../state/resource";
import { changes, may } from "../state/ward";

const states = ["Failed", "Waiting", "Delivered"] as const;

/** Who was told what; what waits, and what was given up and needs somebody. */
export function NotificationsView() {
  const changed = changes.notifications.value;
  const [state, setState] = useState<string>("");
  const channels = useResource<Channel[]>("/notifications/channels", [changed]);
  const list = usePages<Notification>(`/notifications${query({ state, limit: 100 })}`, [changed]);
  return (
    <>
      <section class="card">
        <h1>Channels</h1>
        {channels.error ? <Failure text={channels.error} retry={channels.reload} /> : <Channels rows={channels.data ?? []} reload={channels.reload} />}
      </section>
      {/* Below the channels, so not before they are there: nothing jumps. */}
      {(channels.data || channels.error) && <section class="card full">
        <div class="toolbar"><h2>Messages</h2>
          <select aria-label="State" value={state} onChange={e => setState(e.currentTarget.value)}><option value="">all</option>{states.map(s => <option key={s} value={s}>{s.toLowerCase()}</option>)}</select></div>
        {list.error && <Failure text={list.error} retry={list.reload} />}
        <Messages rows={list.items} reload={list.reload} />
        {list.items.length === 0 && !list.loading && !list.error && <Empty>No message.</Empty>}
        {list.more && <p class="more"><button type="button" onClick={list.more}>Load more</button></p>}
      </section>}
    </>
  );
}

function Channels({ rows, reload }: { rows: Channel[]; reload: () => void }) {
  const test = async (c: Channel) => {
    const result = await attempt(post<{ delivered: boolean; error: string | null }>(`/notifications/channels/${encodeURIComponent(c.name)}/test`), `Test message sent to ${c.name}.`);
    if (result) reload();
  };
  return (
    <div class="scroll table" tabIndex={0} role="region" aria-label="Channels">
      <table>
        <thead><tr><th>channel</th><th>to</th><th>health</th><th>last delivered (UTC)</th><th class="number">waiting</th><th class="number">failed</th><th><span class="hidden">acts</span></th></tr></thead>
        <tbody>{rows.map(c => (
          <tr key={c.name}>
            <td><b>{c.name}</b> <span class="dim">{c.type}</span></td><td data-label="to">{c.target}</td>
            <td data-label="health">{c.isHealthy ? <span class="state Normal">● works</span> : <span class="state Silent">■ {c.lastError ?? "fails"}</span>}</td>
            <td data-label="last"><time>{time(c.lastDeliveredAt)}</time></td><td data-label="waiting" class="number">{count(c.waiting)}</td><td data-label="failed" class="number">{count(c.failed)}</td>
            <td class="acts">{may.value.respond && <button type="button" onClick={() => void test(c)}>Test</button>}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}

function Messages({ rows, reload }: { rows: Notification[]; reload: () => void }) {
  const resend = async (n: Notification) => { await attempt(post(`/notifications/${encodeURIComponent(n.id)}/resend`), "It is sent again."); reload(); };
  return (
    <div class="scroll table" tabIndex={0} role="region" aria-label="Messages">
      <table>
        <thead><tr><th>state</th><th>channel</th><th>why</th><th>text</th><th>asked for (UTC)</th><th><span class="hidden">acts</span></th></tr></thead>
        <tbody>{rows.map(n => (
          <tr key={n.id}>
            <td><span class={`state ${n.state === "Failed" ? "Silent" : n.state === "Waiting" ? "Strange" : "Normal"}`}>{n.state === "Failed" ? "■" : n.state === "Waiting" ? "▲" : "●"} {n.state.toLowerCase()}</span></td>
            <td data-label="channel">{n.channel}</td><td data-label="why">{words(n.purpose)}</td>
            <td data-label="text" class="text">{n.incidentId ? <a href={link("incidents", n.incidentId)}>{n.text}</a> : n.text}{n.lastError && <span class="failure"> {n.lastError} ({n.attempts}×)</span>}</td>
            <td data-label="asked for"><time>{time(n.requestedAt)}</time></td>
            <td class="acts">{n.state === "Failed" && may.value.respond && <button type="button" onClick={() => void resend(n)}>Send again</button>}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
