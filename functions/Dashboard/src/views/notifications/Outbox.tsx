import type { OutboxEntry } from "../../api/types";
import { Empty } from "../../components/Status";
import { time } from "../../logic/format";
import { link } from "../../logic/route";

/** What the file channel wrote in place of sending it. */
export function Outbox({ entries }: { entries: readonly OutboxEntry[] }) {
  if (!entries.length) return <Empty icon="notifications" title="Nothing was written yet">The file channel writes messages here in place of sending them.</Empty>;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Outbox">
      <ul class="letters">{entries.map((e, n) => (
        <li key={n}>
          <p class="line"><b class="cut">{e.subject}</b><span class="dim end">{time(e.at)}</span></p>
          <p class="dim">{e.channel} to {e.to}{e.incidentId && <>, about <a href={link("incidents", e.incidentId)}>{e.incidentId}</a></>}</p>
          <pre>{e.text}</pre>
        </li>
      ))}</ul>
    </div>
  );
}
