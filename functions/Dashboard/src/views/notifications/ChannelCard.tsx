import { useState } from "preact/hooks";
import { post, reason } from "../../api/client";
import type { Channel } from "../../api/types";
import { Icon } from "../../components/Icon";
import { count, time } from "../../logic/format";
import { say } from "../../state/toasts";
import { may } from "../../state/ward";

export function ChannelCard({ channel: c, reload }: { channel: Channel; reload: () => void }) {
  const [busy, setBusy] = useState(false);
  const test = async () => {
    setBusy(true);
    try {
      const { delivered, error } = await post<{ delivered: boolean; error: string | null }>(`/notifications/channels/${encodeURIComponent(c.name)}/test`);
      say(delivered ? `The test message reached ${c.name}.` : `${c.name} did not take the test message: ${error ?? "no reason given"}`, !delivered);
    } catch (failure) {
      say(reason(failure), true);
    }
    setBusy(false);
    reload();
  };
  return (
    <li class={c.isHealthy ? "channel" : "channel bad"}>
      <p class="line"><span class={`health ${c.isHealthy ? "good" : "bad"}`}><Icon name={c.isHealthy ? "check" : "cross"} size={13} />{c.isHealthy ? "Works" : "Fails"}</span><b class="cut">{c.name}</b>
        {may.value.respond && <button type="button" class="small end" disabled={busy} onClick={() => void test()}>{busy ? "Sending …" : "Test"}</button>}</p>
      <p class="dim cut" title={c.target}>{c.type} · {c.target}</p>
      <p class="dim small">Last delivered {c.lastDeliveredAt ? `${time(c.lastDeliveredAt)} UTC` : "never"} · {count(c.waiting)} waiting · {count(c.failed)} failed</p>
      <p class="error cut" title={c.lastError ?? undefined}>{c.isHealthy ? "" : c.lastError}</p>
    </li>
  );
}
