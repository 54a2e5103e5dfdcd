import type { Incident, Overview } from "../../api/types";
import { Empty, Loading } from "../../components/Status";
import { VirtualTable } from "../../components/VirtualTable";
import { acknowledge } from "../../state/acts";
import type { Pages } from "../../state/pages";
import { may } from "../../state/ward";
import { IncidentCells } from "./IncidentCells";

const columns = [
  { name: "Severity" }, { name: "Device" }, { name: "What it looks like" }, { name: "Score", class: "right" }, { name: "Opened, last seen" }, { name: "Standing" }, { name: "Acts", class: "right" },
];

interface Props {
  incidents: readonly Incident[]; pages: Pages<Incident>; filtered: boolean; total: Overview | null; onTop: (atTop: boolean) => void; onClose: (incident: Incident) => void;
}

export function IncidentTable({ incidents, pages, filtered, onTop, onClose }: Props) {
  const empty = pages.loading ? <Loading lines={12} /> : pages.error ? null
    : filtered ? <Empty icon="search" title="No incident fits">Take a filter away to see more.</Empty>
    : <Empty title="No incident is open">Closed ones are under “Closed”.</Empty>;
  const onKey = (key: string, incident: Incident) => {
    if (key !== "a" || incident.closedAt || !may.value.respond) return false;
    void acknowledge(incident);
    return true;
  };
  return (
    <VirtualTable label="Incidents" class="incident-rows" columns={columns} items={incidents} rowHeight={54} cardHeight={146} keyOf={i => i.id}
                  rowClass={i => (i.closedAt ? "closed" : "")} row={i => <IncidentCells incident={i} onClose={onClose} />} onKey={onKey} onTop={onTop}
                  onEnd={pages.loadMore} empty={empty}
                  after={pages.more && incidents.length > 0 && <p class="more"><button type="button" disabled={pages.loading} onClick={pages.loadMore}>{pages.loading ? "Loading …" : "Load more"}</button></p>} />
  );
}
