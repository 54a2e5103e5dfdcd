import { useEffect, useMemo, useState } from "preact/hooks";
import type { Incident } from "../../api/types";
import { Panel } from "../../components/Panel";
import { Search } from "../../components/Search";
import { Select } from "../../components/Select";
import { Failure } from "../../components/Status";
import { CloseDialog } from "../../dialogs/CloseDialog";
import { count } from "../../logic/format";
import { newest } from "../../logic/incidents";
import { usePages } from "../../state/pages";
import { route, setQuery } from "../../state/router";
import { useSettled, useThrottled } from "../../state/throttled";
import { incidents, overview, wardNames } from "../../state/ward";
import { dispositions, kinds, pathOf, readFilter, severities, sorts, standings } from "./filter";
import { IncidentTable } from "./IncidentTable";

/** All incidents, a page at a time; those on the page follow what happens to them, and new ones come in at the top. */
export function IncidentsView() {
  const filter = readFilter(route.value.query);
  const path = useSettled(pathOf(filter), 150);
  const pages = usePages<Incident>(path);
  const [atTop, setAtTop] = useState(true);
  const [closing, close] = useState<Incident | null>(null);
  const told = useThrottled(incidents.value, 500);
  const rows = useMemo(() => newest(pages.items, incidents.value), [pages.items, incidents.value]);
  const fresh = useMemo(() => unknown(pages.items, told), [pages.items, told]);
  // Who reads further down is not disturbed: then a button says how many there are.
  useEffect(() => { if (fresh > 0 && atTop && filter.state !== "closed" && !pages.loading) pages.reload(); }, [fresh, atTop, told]);
  const set = (name: string) => (value: string) => setQuery({ [name]: value });
  return (
    <>
      <h1 class="hidden">Incidents</h1>
      <Panel title="Incidents" fill class="incidents" count={pages.loading && !rows.length ? "" : `${count(rows.length)}${pages.more ? " loaded" : ""}`} actions={<>
        <Search label="Device" value={filter.deviceId} onInput={set("deviceId")} />
        <Select label="Open or closed" value={filter.state} options={standings} onChange={set("state")} />
        <Select label="Ward" value={filter.ward} options={[["", "All wards"], ...wardNames.value.map(w => [w, w] as const)]} onChange={set("ward")} />
        <Select label="Kind" value={filter.kind} options={kinds} onChange={set("kind")} />
        <Select label="Severity" value={filter.severity} options={severities} onChange={set("severity")} />
        {filter.state && <Select label="Disposition" value={filter.disposition} options={dispositions} onChange={set("disposition")} />}
        <input type="search" class="class" placeholder="Class" aria-label="Suspected class" value={filter.class} onInput={e => set("class")(e.currentTarget.value)} />
        <Select label="Order" value={filter.sort} options={sorts} onChange={set("sort")} />
      </>}>
        {pages.error && <Failure text={pages.error} retry={pages.reload} />}
        {fresh > 0 && !atTop && <button type="button" class="primary fresh" onClick={pages.reload}>{count(fresh)} new, show</button>}
        <IncidentTable incidents={rows} pages={pages} filtered={Object.values(filter).some(Boolean)} total={overview.value} onTop={setAtTop} onClose={close} />
      </Panel>
      {closing && <CloseDialog incident={closing} onClose={() => close(null)} />}
    </>
  );
}

/** How many open incidents the stream has told of that are newer than all that were fetched. */
function unknown(fetched: readonly Incident[], told: ReadonlyMap<string, Incident>): number {
  const known = new Set(fetched.map(i => i.id));
  const last = fetched.reduce((latest, i) => (i.openedAt > latest ? i.openedAt : latest), "");
  return [...told.values()].filter(i => !i.closedAt && !known.has(i.id) && i.openedAt >= last).length;
}
