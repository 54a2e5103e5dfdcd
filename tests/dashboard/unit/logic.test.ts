import { expect, test } from "@playwright/test";
import type { Minute } from "../../../functions/Dashboard/src/api/types";
import { binned, bucketsOf } from "../../../functions/Dashboard/src/logic/buckets";
import { choose, conditionOf } from "../../../functions/Dashboard/src/logic/conditions";
import { cause, groupTimeline, newest } from "../../../functions/Dashboard/src/logic/incidents";
import { link, parseRoute } from "../../../functions/Dashboard/src/logic/route";
import { windowOf } from "../../../functions/Dashboard/src/logic/window";
import { devicesOf, incidentsOf } from "../fake/data";

const devices = devicesOf(1000);
const incidents = incidentsOf(20, devices);

test("The worst devices come first, and filters narrow them", () => {
  const all = choose(devices, { ward: "", state: "", text: "", sort: "" });
  expect(all).toHaveLength(1000);
  expect([all[0]!.state, all.at(-1)!.state]).toEqual(["Incident", "Unheard"]);
  expect(choose(devices, { ward: "icu-1", state: "Silent", text: "ECG", sort: "name" }).every(d => d.device.ward === "icu-1" && d.state === "Silent" && d.device.kind === "ecg")).toBe(true);
  expect([conditionOf("silent"), conditionOf("Silent"), conditionOf("unknown to us")]).toEqual(["Silent", "Silent", "Unheard"]);
});

test("Only rows in sight and a few beside them are drawn", () => {
  expect(windowOf(10_000, 50, 100_000, 800)).toEqual({ first: 1992, last: 2024 });
  expect(windowOf(3, 50, 0, 800)).toEqual({ first: 0, last: 3 });
  expect(windowOf(3, 50, 5000, 800)).toEqual({ first: 3, last: 3 });
});

test("What the stream told last is shown in place of what was fetched, and never what is older", () => {
  const [i] = incidents;
  expect(newest([i!], new Map([[i!.id, { ...i!, version: 9 }]]))[0]!.version).toBe(9);
  expect(newest([i!], new Map([[i!.id, { ...i!, version: 1 }]]))[0]!.version).toBe(3);
});

test("Neighbours of one type in a timeline are drawn together, but not what people did", () => {
  const entry = (type: string, by: string | null = null) => ({ type, by, occurredAt: "", recordedAt: "", text: "", note: null });
  expect(groupTimeline([entry("A"), entry("A"), entry("B"), entry("A"), entry("N", "x"), entry("N", "x")]).map(g => g.entries.length)).toEqual([2, 1, 1, 1, 1]);
});

test("The cause is the summary without the device that stands beside it", () => {
  const [i] = incidents;
  const named = { ...i!, device: { ...i!.device, id: "ecg-1" } };
  expect(cause({ ...named, summary: "ecg-1 (ecg, icu-1) talks differently: ports 5: many" })).toBe("ports 5: many");
  expect(cause({ ...named, summary: "ecg-1 (ecg, icu-1) has been silent." })).toBe("Has been silent.");
});

test("Hours without anything strange are there as well, and many hours become days", () => {
  const hours = bucketsOf(["2026-03-01T03:00:00Z", "2026-03-01T00:00:00Z"]);
  expect(hours.labels).toEqual(["03-01 00h", "03-01 01h", "03-01 02h", "03-01 03h"]);
  expect(bucketsOf(["2026-01-01T03:00:00Z", "2026-03-01T00:00:00Z"]).labels).toHaveLength(60);
  expect(bucketsOf([]).keys).toEqual([]);
});

test("Minutes drawn together keep their sums", () => {
  const minutes: Minute[] = Array.from({ length: 500 }, (_, n) => ({ minute: new Date(n * 180_000).toISOString(), incidentsOpened: 1, strangeSegments: 2, devicesSilent: 0, suspected: {} }));
  const bins = binned(minutes);
  expect(bins.length).toBeLessThan(121);
  expect([bins.reduce((s, b) => s + b.incidents, 0), bins.reduce((s, b) => s + b.strange, 0)]).toEqual([500, 1000]);
});

test("An address leads to its view, also when it was cut short", () => {
  expect(parseRoute(link("incidents", "a/b ?#", { ward: "icu 1", class: "" }))).toMatchObject({ view: "incidents", id: "a/b ?#" });
  expect(parseRoute("#/incidents/%E0%A4%A")).toMatchObject({ view: "incidents", id: null });
  expect(parseRoute("")).toMatchObject({ view: "ward" });
});
