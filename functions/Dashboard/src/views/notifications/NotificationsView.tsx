import { useState } from "preact/hooks";
import type { Channel, Notification, OutboxEntry } from "../../api/types";
import { Panel } from "../../components/Panel";
import { Empty, Failure, Loading } from "../../components/Status";
import { Tabs } from "../../components/Tabs";
import { useResource } from "../../state/resource";
import { changes, overview } from "../../state/ward";
import { ChannelCard } from "./ChannelCard";
import { Messages } from "./Messages";
import { Outbox } from "./Outbox";

type Tab = Notification["state"] | "outbox";

/** Who was told what; what waits, and what was given up and needs somebody. */
export function NotificationsView() {
  const changed = changes.notifications.value;
  const [tab, show] = useState<Tab>("Failed");
  const channels = useResource<Channel[]>("/notifications/channels", [changed]);
  const outbox = useResource<OutboxEntry[]>("/outbox", [changed]);
  const figures = overview.value?.notifications;
  const tabs = [
    { value: "Failed", name: "Failed", count: figures?.failed ?? 0, bad: true }, { value: "Waiting", name: "Waiting", count: figures?.waiting ?? 0 }, { value: "Delivered", name: "Delivered" },
    ...(outbox.data ? [{ value: "outbox", name: "Outbox file" }] : []),
  ];
  return (
    <>
      <h1 class="hidden">Notifications</h1>
      <Panel title="Channels" class="channels">
        {channels.error && <Failure text={channels.error.text} retry={channels.reload} />}
        {!channels.data && !channels.error && <Loading lines={4} />}
        {channels.data?.length === 0 && <Empty icon="notifications" title="No channel is set up">Nobody is told but by this page.</Empty>}
        {channels.data && channels.data.length > 0 && <ul class="channel-cards">{channels.data.map(c => <ChannelCard key={c.name} channel={c} reload={channels.reload} />)}</ul>}
      </Panel>
      <Panel title="Messages" fill actions={<Tabs label="Which messages" value={tab} tabs={tabs} onChange={value => show(value as Tab)} />}>
        {tab === "outbox" ? <Outbox entries={outbox.data ?? []} /> : <Messages key={tab} state={tab} />}
      </Panel>
    </>
  );
}
