import { useMemo } from "preact/hooks";
import { query } from "../../api/client";
import type { ClassHour, DeviceHour, Minute } from "../../api/types";
import { Tabs } from "../../components/Tabs";
import { Failure } from "../../components/Status";
import { describeClasses, describeDevices, describeFrequency, describeTechniques } from "../../logic/patternWords";
import { classesOption, frequencyOption, heatOption, techniquesOption } from "../../logic/patterns";
import { useResource } from "../../state/resource";
import { route, setQuery } from "../../state/router";
import { useThrottled } from "../../state/throttled";
import { changes, clock } from "../../state/ward";
import { ChartPanel } from "./ChartPanel";

const hourMs = 3_600_000;
const ranges = [{ value: "hour", name: "Last hour", hours: 1 }, { value: "", name: "Last day", hours: 24 }, { value: "week", name: "Last week", hours: 168 }, { value: "all", name: "All", hours: 0 }];
const redrawn = 4000;
const busiest = 20;

/** How often, when and what: the anomalies of many hours at a glance. */
export function PatternsView() {
  const asked = route.value.query.get("range") ?? "";
  const { hours } = ranges.find(r => r.value === asked) ?? ranges[1]!;
  // The range ends now by the ward's clock, and moves on when an incident has changed.
  const changed = useThrottled(changes.incidents.value, redrawn);
  const end = useThrottled(clock.value?.slice(0, 16) ?? null, redrawn);
  const from = useMemo(() => (hours && end ? new Date(Date.parse(`${end}Z`) - hours * hourMs).toISOString() : ""), [hours, end]);
  const minutes = useResource<Minute[]>(`/timeline${query({ from })}`, [changed]);
  const byDevice = useResource<DeviceHour[]>(`/activity/devices${query({ from, most: busiest })}`, [changed]);
  const byClass = useResource<ClassHour[]>(`/activity/classes${query({ from })}`, [changed]);
  const frequency = useMemo(() => (dark: boolean) => frequencyOption(minutes.data ?? [], dark), [minutes.data]);
  const heat = useMemo(() => (dark: boolean) => heatOption(byDevice.data ?? [], dark), [byDevice.data]);
  const classes = useMemo(() => (dark: boolean) => classesOption(byClass.data ?? [], dark), [byClass.data]);
  const techniques = useMemo(() => (dark: boolean) => techniquesOption(byClass.data ?? [], dark), [byClass.data]);
  const error = minutes.error ?? byDevice.error ?? byClass.error;
  return (
    <>
      <div class="bar-top">
        <h1>Patterns</h1>
        <Tabs label="Range" value={asked} tabs={ranges} onChange={range => setQuery({ range })} />
        <span class="dim">by the ward's own clock</span>
      </div>
      {error && <Failure text={error.text} retry={() => { minutes.reload(); byDevice.reload(); byClass.reload(); }} />}
      <div class="charts">
        <ChartPanel title="How often" note="strange segments and incidents" rows={minutes.data} height={220} option={frequency} describe={describeFrequency} wide />
        <ChartPanel title="Suspected classes over time" note="strange segments" rows={byClass.data} height={300} option={classes} describe={describeClasses} />
        <ChartPanel title="Techniques" note="incidents, by MITRE ATT&CK" rows={byClass.data} height={300} option={techniques} describe={describeTechniques} />
        <ChartPanel title="Device by hour" note={`strange segments, the ${busiest} busiest devices`} rows={byDevice.data} height={480} option={heat} describe={describeDevices} wide />
      </div>
    </>
  );
}
