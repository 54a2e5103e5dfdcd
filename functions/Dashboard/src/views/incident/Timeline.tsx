import type { Incident, IncidentDetail } from "../../api/types";
import { Panel } from "../../components/Panel";
import { count, offset, time, title, words } from "../../logic/format";
import { groupTimeline, type TimelineGroup } from "../../logic/incidents";
import { may } from "../../state/ward";
import { NoteForm } from "./NoteForm";

interface Props { detail: IncidentDetail; incident: Incident; done: (act: Promise<Incident | null>) => Promise<void> }

/** Everything that the record holds of the incident, in its order; notes are written below. */
export function Timeline({ detail, incident, done }: Props) {
  return (
    <Panel title="Timeline" count="traffic time, from the opening">
      <ol class="timeline">{groupTimeline(detail.timeline).map((group, n) => <Group key={n} group={group} opened={incident.openedAt} />)}</ol>
      {may.value.respond && <NoteForm incident={incident} done={done} />}
    </Panel>
  );
}

function Group({ group: { first, entries }, opened }: { group: TimelineGroup; opened: string }) {
  const last = entries.at(-1)!;
  const more = entries.length > 1;
  return (
    <li class={first.by ? "person" : ""}>
      <time title={`${time(first.occurredAt)} UTC`}>{offset(first.occurredAt, opened)}</time>
      <div>
        <p><b>{title(words(first.type))}</b>{more && <span class="dim"> {count(entries.length)} times, until {offset(last.occurredAt, opened)}</span>}</p>
        {first.text && <p class="dim">{more ? last.text : first.text}</p>}
        {first.type === "NoteAdded" || first.note ? <blockquote>{first.note ?? <i>The text was erased.</i>}</blockquote> : null}
      </div>
    </li>
  );
}
