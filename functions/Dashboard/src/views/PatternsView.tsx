import { useMemo, useState } from "preact/hooks";
import { query } from "../api/client";
import type { ClassHour, DeviceHour, Minute } from "../api/types";
import { Chart } from "../components/Chart";
import { Empty, Failure } from "../components/Status";
import { classesOption, frequencyOption, heatOption, techniquesOption } from "../patterns";
import { useResource } from "../state/resource";
import { clock } from "../state/ward";

const ranges: [string, number][] = [["last hour", 1], ["last day", 24], ["last week", 168], ["all", 0]];

/** How often, when and what: the anomalies of many hours at a glance. */
export function PatternsView() {
  const [hours, setHours] = useState(24);
  // The range stands still while it is looked at; choosing one again moves it to now.
  const [now, setNow] = useState(clock.value);
  const end = now ?? clock.value;
  const from = hours && end ? new Date(Date.parse(end) - hours * 3600e3).toISOString() : "";
  const ask = query({ from });
  const minutes = useResource<Minute[]>(`/timeline${ask}`);
  const byDevice = useResource<DeviceHour[]>(`/activity/devices${query({ from, most: 40 })}`);
  const byClass = useResource<ClassHour[]>(`/activity/classes${ask}`);
  const frequency = useMemo(() => frequencyOption(minutes.data ?? []), [minutes.data]);
  const heat = useMemo(() => heatOption(byDevice.data ?? []), [byDevice.data]);
  const classes = useMemo(() => classesOption(byClass.data ?? []), [byClass.data]);
  const techniques = useMemo(() => techniquesOption(byClass.data ?? []), [byClass.data]);
  const error = minutes.error ?? byDevice.error ?? byClass.error;
  return (
    <>
      <div class="toolbar card">
        <h1>Patterns</h1>
        <div role="group" aria-label="Range" class="group">{ranges.map(([name, value]) => (
          <button key={name} type="button" aria-pressed={hours === value} onClick={() => { setHours(value); setNow(clock.value); }}>{name}</button>
        ))}</div>
        <span class="dim">by the ward's own clock</span>
      </div>
      {error && <Failure text={error} />}
      <div class="charts">
        <section class="card wide"><h2>Anomalies over time</h2><Or empty={minutes.data?.length === 0}><Chart option={frequency} height={220} description="Strange segments and incidents opened over time" /></Or></section>
        <section class="card wide"><h2>Device by hour</h2><Or empty={byDevice.data?.length === 0}><Chart option={heat.option} height={heat.height} description="Strange segments of each device in each hour" /></Or></section>
        <section class="card"><h2>Suspected classes over time</h2><Or empty={byClass.data?.length === 0}><Chart option={classes} height={320} description="Strange segments by suspected class and hour" /></Or></section>
        <section class="card"><h2>Techniques (MITRE ATT&amp;CK)</h2><Or empty={byClass.data?.length === 0}><Chart option={techniques} height={320} description="Incidents by technique" /></Or></section>
      </div>
    </>
  );
}

function Or({ empty, children }: { empty: boolean; children: preact.ComponentChildren }) {
  return empty ? <div class="nothing"><Empty>Nothing was strange in this time.</Empty></div> : <>{children}</>;
}
