import { useMemo } from "preact/hooks";
import { Panel } from "../../components/Panel";
import { Search } from "../../components/Search";
import { Select } from "../../components/Select";
import { choose, conditions, deviceSorts } from "../../logic/conditions";
import { count } from "../../logic/format";
import { route, setQuery } from "../../state/router";
import { devices, wardNames } from "../../state/ward";
import { DeviceTable } from "./DeviceTable";
import { Figures } from "./Figures";
import { RecentIncidents } from "./RecentIncidents";

/** How the ward is at this moment: figures, every device, and the latest open incidents. */
export function WardView() {
  const asked = route.value.query;
  const [ward, state, text, sort] = ["ward", "state", "q", "sort"].map(name => asked.get(name) ?? "") as [string, string, string, string];
  const all = devices.value;
  const shown = useMemo(() => choose(all.values(), { ward, state, text, sort }), [all, ward, state, text, sort]);
  return (
    <>
      <h1 class="hidden">Ward</h1>
      <Figures state={state} />
      <div class="ward">
        <Panel title="Devices" fill class="devices" count={shown.length === all.size ? count(all.size) : `${count(shown.length)} of ${count(all.size)}`} actions={<>
          <Search label="Search devices" value={text} onInput={q => setQuery({ q })} />
          <Select label="Ward" value={ward} options={[["", "All wards"], ...wardNames.value.map(w => [w, w] as const)]} onChange={ward => setQuery({ ward })} />
          <Select label="State" value={state} options={[["", "All states"], ...conditions.map(c => [c, c] as const)]} onChange={state => setQuery({ state })} />
          <Select label="Order" value={sort} options={deviceSorts} onChange={sort => setQuery({ sort })} />
        </>}>
          <DeviceTable devices={shown} known={all.size > 0} />
        </Panel>
        <RecentIncidents />
      </div>
    </>
  );
}
