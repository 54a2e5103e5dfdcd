import type { Condition, DeviceState } from "../api/types";

/** From the worst to the calmest. */
export const conditions: readonly Condition[] = ["Incident", "Silent", "Strange", "Learning", "Normal", "Unheard"];

const rank = new Map(conditions.map((c, n) => [c, n]));

export interface DeviceFilter { ward: string; state: string; text: string; sort: string }

export const deviceSorts: [string, string][] = [["", "Worst first"], ["name", "By name"], ["score", "Highest score"], ["seen", "Last seen"]];

const byName = (a: DeviceState, b: DeviceState): number => (a.device.id < b.device.id ? -1 : a.device.id > b.device.id ? 1 : 0);

const orders: Record<string, (a: DeviceState, b: DeviceState) => number> = {
  "": (a, b) => rank.get(a.state)! - rank.get(b.state)! || byName(a, b),
  name: byName,
  score: (a, b) => relative(b) - relative(a) || byName(a, b),
  seen: (a, b) => (b.lastSeen ?? "").localeCompare(a.lastSeen ?? "") || byName(a, b),
};

const relative = (d: DeviceState): number => (d.score === null ? -Infinity : d.threshold > 0 ? d.score / d.threshold : d.score);

/** Those that fit, in the order asked for. */
export function choose(devices: Iterable<DeviceState>, { ward, state, text, sort }: DeviceFilter): DeviceState[] {
  const wanted = text.trim().toLowerCase();
  const fits = (d: DeviceState) => (!ward || d.device.ward === ward) && (!state || d.state === state)
    && (!wanted || `${d.device.id} ${d.device.kind} ${d.device.ward} ${d.device.address}`.toLowerCase().includes(wanted));
  return [...devices].filter(fits).sort(orders[sort] ?? orders[""]);
}

export function countConditions(devices: Iterable<DeviceState>): Record<Condition, number> {
  const counts: Record<Condition, number> = { Unheard: 0, Learning: 0, Normal: 0, Strange: 0, Incident: 0, Silent: 0 };
  for (const d of devices) counts[d.state]++;
  return counts;
}

/** @param state As the API writes it, whatever the case of its letters. */
export function conditionOf(state: string): Condition {
  return conditions.find(c => c.toLowerCase() === state.toLowerCase()) ?? "Unheard";
}
