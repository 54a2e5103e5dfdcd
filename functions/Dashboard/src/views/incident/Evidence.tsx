import { download, reason } from "../../api/client";
import type { IncidentDetail } from "../../api/types";
import { Icon } from "../../components/Icon";
import { Panel } from "../../components/Panel";
import { Empty } from "../../components/Status";
import { plural, time } from "../../logic/format";
import { say } from "../../state/toasts";
import { may } from "../../state/ward";

const shown = 3;

export function Evidence({ detail }: { detail: IncidentDetail }) {
  const { incident: { id }, evidence } = detail;
  const save = () => download(`/incidents/${encodeURIComponent(id)}/evidence`, `incident-${id}.pcap`).catch((error: unknown) => say(reason(error), true));
  return (
    <Panel title="Evidence" actions={evidence.length > 0 && may.value.readEvidence && <button type="button" class="small" onClick={() => void save()}><Icon name="download" size={14} />Download pcap</button>}>
      {evidence.length === 0 ? <Empty icon="download" title="No traffic is kept of it" /> : (
        <>
          <p>{plural(evidence.length, "segment")} of traffic, each with the SHA-256 that its event names.</p>
          <ul class="hashes">{evidence.slice(0, shown).map(e => <li key={`${e.topic} ${e.partition} ${e.offset}`}><time class="dim">{time(e.at)}</time> <code class="cut" title={e.sha256}>{e.sha256}</code></li>)}</ul>
          {evidence.length > shown && <p class="dim">and {plural(evidence.length - shown, "more", "more")}</p>}
        </>
      )}
    </Panel>
  );
}
