import type { EChartsCoreOption } from "echarts/core";
import type { ClassHour, DeviceHour, Minute } from "../api/types";
import { binned, bucketsOf } from "./buckets";
import { axis, base, legend, styleOf } from "./chartStyle";
import { techniqueText } from "./techniques";

const unnamed = "not named";
const classesShown = 8;

/** Sums by key, in the order of their first appearance. */
export function sums<T>(rows: readonly T[], key: (row: T) => string, value: (row: T) => number): Map<string, number> {
  const result = new Map<string, number>();
  for (const row of rows) result.set(key(row), (result.get(key(row)) ?? 0) + value(row));
  return result;
}

const topDown = (sums: ReadonlyMap<string, number>): string[] => [...sums].sort((a, b) => b[1] - a[1]).map(([name]) => name);

export function frequencyOption(minutes: readonly Minute[], dark: boolean): EChartsCoreOption {
  const s = styleOf(dark);
  const bins = binned(minutes);
  return {
    ...base(s), legend: legend(s), tooltip: { ...base(s).tooltip, trigger: "axis" },
    xAxis: { ...axis(s), type: "time", splitLine: { show: false } },
    yAxis: [{ ...axis(s), type: "value", minInterval: 1 }, { ...axis(s), type: "value", minInterval: 1, splitLine: { show: false } }],
    series: [
      { name: "Strange segments", type: "bar", barMaxWidth: 8, data: bins.map(b => [b.begin, b.strange]) },
      { name: "Incidents opened (right)", type: "line", yAxisIndex: 1, showSymbol: bins.length < 2, lineStyle: { width: 1.5 }, data: bins.map(b => [b.begin, b.incidents]) },
    ],
  };
}

export function heatOption(rows: readonly DeviceHour[], dark: boolean): EChartsCoreOption {
  const s = styleOf(dark);
  const buckets = bucketsOf(rows.map(r => r.hour));
  const cells = sums(rows, r => JSON.stringify([buckets.keyOf(r.hour), r.deviceId]), r => r.strangeSegments);
  const devices = topDown(sums(rows, r => r.deviceId, r => r.strangeSegments)).reverse();
  const column = new Map(buckets.keys.map((k, n) => [k, n]));
  const row = new Map(devices.map((d, n) => [d, n]));
  const data = [...cells].filter(([, n]) => n > 0).map(([key, n]) => { const [hour, device] = JSON.parse(key) as [string, string]; return [column.get(hour), row.get(device), n]; });
  return {
    ...base(s), grid: { left: 8, right: 16, top: 8, bottom: 44, containLabel: true },
    xAxis: { ...axis(s), type: "category", data: buckets.labels, splitArea: { show: false } },
    yAxis: { ...axis(s), type: "category", data: devices, axisLabel: { ...axis(s).axisLabel, width: 130, overflow: "truncate", interval: 0 } },
    visualMap: { min: 0, max: data.reduce((most, d) => Math.max(most, d[2] as number), 1), orient: "horizontal", left: "center", bottom: 0, itemWidth: 10, itemHeight: 160, textStyle: { color: s.dim }, text: ["many", "few"], calculable: false, inRange: { color: s.heat } },
    series: [{ name: "Strange segments", type: "heatmap", data, itemStyle: { borderColor: s.panel, borderWidth: 1 } }],
  };
}

export function classesOption(rows: readonly ClassHour[], dark: boolean): EChartsCoreOption {
  const s = styleOf(dark);
  const buckets = bucketsOf(rows.map(r => r.hour));
  const top = new Set(topDown(sums(rows, r => r.class ?? unnamed, r => r.strangeSegments)).slice(0, classesShown));
  const nameOf = (r: ClassHour) => (top.has(r.class ?? unnamed) ? r.class ?? unnamed : "others");
  const cells = sums(rows, r => JSON.stringify([buckets.keyOf(r.hour), nameOf(r)]), r => r.strangeSegments);
  const names = topDown(sums(rows, nameOf, r => r.strangeSegments));
  return {
    ...base(s), legend: legend(s), tooltip: { ...base(s).tooltip, trigger: "axis" },
    xAxis: { ...axis(s), type: "category", data: buckets.labels }, yAxis: { ...axis(s), type: "value", minInterval: 1 },
    series: names.map(name => ({ name, type: "bar", stack: "classes", barMaxWidth: 28, ...(name === unnamed ? { itemStyle: { color: s.dim } } : {}), data: buckets.keys.map(key => cells.get(JSON.stringify([key, name])) ?? 0) })),
  };
}

export function techniquesOption(rows: readonly ClassHour[], dark: boolean): EChartsCoreOption {
  const s = styleOf(dark);
  const counts = [...sums(rows, r => (r.technique ? techniqueText(r.technique) : unnamed), r => r.incidents)].filter(([, n]) => n > 0).sort((a, b) => a[1] - b[1]);
  return {
    ...base(s), grid: { left: 8, right: 40, top: 8, bottom: 6, containLabel: true },
    xAxis: { ...axis(s), type: "value", minInterval: 1 },
    yAxis: { ...axis(s), type: "category", data: counts.map(([name]) => name), splitLine: { show: false }, axisLabel: { ...axis(s).axisLabel, width: 190, overflow: "break", lineHeight: 14, interval: 0 } },
    series: [{ name: "Incidents", type: "bar", data: counts.map(([, n]) => n), barMaxWidth: 20, label: { show: true, position: "right", color: s.ink }, itemStyle: { borderRadius: [0, 3, 3, 0] } }],
  };
}
