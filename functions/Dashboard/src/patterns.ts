import type { EChartsCoreOption } from "echarts/core";
import type { ClassHour, DeviceHour, Minute } from "./api/types";

const unnamed = "not named";
const frame = { left: 16, right: 24, top: 40, bottom: 8, containLabel: true };
const base = { backgroundColor: "transparent", animation: false, textStyle: { fontFamily: "inherit" } };

/** Sums by key, in the order of their first appearance. */
export function sums<T>(rows: readonly T[], key: (row: T) => string, value: (row: T) => number): Map<string, number> {
  const result = new Map<string, number>();
  for (const row of rows) result.set(key(row), (result.get(key(row)) ?? 0) + value(row));
  return result;
}

export function frequencyOption(minutes: readonly Minute[]): EChartsCoreOption {
  return {
    ...base, grid: frame, tooltip: { trigger: "axis" }, legend: { top: 0, itemGap: 24 },
    xAxis: { type: "time" }, yAxis: [{ type: "value", name: "segments" }, { type: "value", name: "incidents", minInterval: 1, splitLine: { show: false } }],
    series: [
      { name: "strange segments", type: "bar", barMaxWidth: 6, data: minutes.map(m => [m.minute, m.strangeSegments]) },
      { name: "incidents opened", type: "line", yAxisIndex: 1, lineStyle: { opacity: 0 }, symbolSize: 7, data: minutes.filter(m => m.incidentsOpened > 0).map(m => [m.minute, m.incidentsOpened]) },
    ],
  };
}

export function heatOption(rows: readonly DeviceHour[]): { option: EChartsCoreOption; height: number } {
  const hours = [...new Set(rows.map(r => r.hour))].sort();
  const devices = [...sums(rows, r => r.deviceId, r => r.strangeSegments)].sort((a, b) => a[1] - b[1]).map(([id]) => id);
  const most = Math.max(1, ...rows.map(r => r.strangeSegments));
  return {
    height: Math.max(160, 90 + devices.length * 22),
    option: {
      ...base, grid: { ...frame, bottom: 50 }, tooltip: {},
      xAxis: { type: "category", data: hours.map(h => h.slice(5, 13).replace("T", " ") + "h") }, yAxis: { type: "category", data: devices },
      visualMap: { min: 0, max: most, orient: "horizontal", text: [`${most} segments`, "none"], left: "center", bottom: 0, calculable: false, inRange: { color: ["#cfe3ff", "#f2a33a", "#c1272d"] } },
      series: [{ type: "heatmap", data: rows.map(r => [hours.indexOf(r.hour), devices.indexOf(r.deviceId), r.strangeSegments]) }],
    },
  };
}

export function classesOption(rows: readonly ClassHour[]): EChartsCoreOption {
  const hours = [...new Set(rows.map(r => r.hour))].sort();
  const names = [...sums(rows, r => r.class ?? unnamed, r => r.strangeSegments)].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  return {
    ...base, grid: { ...frame, top: 70 }, tooltip: { trigger: "axis" }, legend: { top: 0, type: "scroll" },
    xAxis: { type: "category", data: hours.map(h => h.slice(5, 13).replace("T", " ") + "h") }, yAxis: { type: "value" },
    series: names.map(name => ({
      name, type: "bar", stack: "classes",
      data: hours.map(hour => rows.filter(r => r.hour === hour && (r.class ?? unnamed) === name).reduce((sum, r) => sum + r.strangeSegments, 0)),
    })),
  };
}

export function techniquesOption(rows: readonly ClassHour[]): EChartsCoreOption {
  const counts = [...sums(rows, r => r.technique ?? unnamed, r => r.incidents)].filter(([, n]) => n > 0).sort((a, b) => a[1] - b[1]);
  return {
    ...base, grid: frame, tooltip: {}, xAxis: { type: "value", minInterval: 1, name: "incidents" }, yAxis: { type: "category", data: counts.map(([name]) => name) },
    series: [{ type: "bar", data: counts.map(([, n]) => n), barMaxWidth: 22 }],
  };
}
