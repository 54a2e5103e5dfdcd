import type { DeviceState } from "../../api/types";
import { Icon } from "../../components/Icon";
import { Moment } from "../../components/Moment";
import { ScoreBar } from "../../components/ScoreBar";
import { SeverityBadge } from "../../components/SeverityBadge";
import { StateBadge } from "../../components/StateBadge";
import { Empty, Loading } from "../../components/Status";
import { VirtualTable } from "../../components/VirtualTable";
import { count, time } from "../../logic/format";
import { link } from "../../logic/route";
import { live, overview } from "../../state/ward";

const columns = [{ name: "Device" }, { name: "State" }, { name: "Score" }, { name: "Last seen" }, { name: "Open" }];

export function DeviceTable({ devices, known }: { devices: readonly DeviceState[]; known: boolean }) {
  const loading = live.value === "connecting" || (overview.value?.devices ?? 0) > 0;
  const empty = known ? <Empty icon="search" title="No device fits">Take a filter away to see more.</Empty>
    : loading ? <Loading lines={12} /> : <Empty icon="ward" title="No device has been seen yet">Devices appear as soon as they talk.</Empty>;
  return (
    <VirtualTable label="Devices" class="device-rows" columns={columns} items={devices} rowHeight={48} cardHeight={78} keyOf={d => d.device.id}
                  rowClass={d => (d.state === "Incident" ? "alarm" : "")} row={d => <Cells device={d} />} empty={empty} />
  );
}

function Cells({ device: d }: { device: DeviceState }) {
  return (
    <>
      <div role="cell" class="main">
        <a class="stretched cut" href={link("incidents", null, { deviceId: d.device.id, state: "all" })} title={d.device.id}>{d.device.id}</a>
        <span class="dim cut" title={`${d.device.kind}, ${d.device.ward}, ${d.device.address}`}>{d.device.kind} · {d.device.ward}</span>
      </div>
      <div role="cell" class="where"><StateBadge state={d.state} />{d.mutedUntil && <span class="muted" title={`Muted until ${time(d.mutedUntil)} UTC`}><Icon name="mute" size={13} /><span class="hidden">muted</span></span>}</div>
      <div role="cell" class="bars"><ScoreBar score={d.score} threshold={d.threshold} /></div>
      <div role="cell" class="seen dim"><Moment at={d.lastSeen} /></div>
      <div role="cell" class="open">{d.openIncidents > 0 && d.worst ? <><SeverityBadge severity={d.worst} /><span class="tally">{count(d.openIncidents)}</span></> : <span class="faint">none</span>}</div>
    </>
  );
}
