import type { Disposition, Incident, Suppression } from "../../../functions/Dashboard/src/api/types";
import { incidentOf, Refusal, silences, type Answer } from "./answers";
import { at, now } from "./data";
import type { FakeHost } from "./FakeHost";

const me = "m.keller";

/** What people do, with the refusals of the contract. */
export function act(host: FakeHost, path: string, body: Record<string, unknown>, match: string | undefined): Answer {
  const [, what, id = "", part = ""] = path.split("/").map(decodeURIComponent);
  if (what === "incidents") return part === "learn" ? learn(host, incidentOf(host, id), body) : onIncident(host, incidentOf(host, id), part, body, match);
  if (what === "suppressions" && id === "preview") return { value: silences(host) };
  if (what === "suppressions" && part === "revoke") return { value: revoke(host, id) };
  if (what === "suppressions") return { status: 201, value: add(host, body) };
  if (what === "notifications" && part === "resend") return { value: resend(host, id) };
  if (what === "notifications" && id === "channels") return { value: part.startsWith("on-call") ? { delivered: false, error: "429 Too Many Requests" } : { delivered: true, error: null } };
  throw new Refusal(404, `there is no ${path}`);
}

function onIncident(host: FakeHost, i: Incident, name: string, body: Record<string, unknown>, match: string | undefined): Answer {
  if (match && match !== `"${i.version}"`) throw new Refusal(412, "somebody else has acted since");
  const next = { ...i, version: i.version + 1 };
  if (name !== "notes" && (name === "reopen") !== Boolean(i.closedAt)) throw new Refusal(409, i.closedAt ? "the incident is closed" : "the incident is open");
  switch (name) {
    case "acknowledge": Object.assign(next, { acknowledgedBy: me, acknowledgedAt: at(0) }); break;
    case "close": Object.assign(next, { disposition: body.disposition as Disposition, closedAt: at(0), closedBy: me }); break;
    case "notes":
      next.notes++;
      host.notes.set(i.id, [...host.notes.get(i.id) ?? [], { type: "NoteAdded", occurredAt: at(0), recordedAt: at(0), by: me, text: `${me} wrote a note`, note: body.text as string }]);
      break;
    case "reopen": {
      const again = { ...i, id: `${i.id}-2`, version: 1, previousId: i.id, closedAt: null, closedBy: null, disposition: null, openedAt: at(0), lastSeenAt: at(0) };
      host.change({ ...next, reopenedAs: again.id });
      return { status: 201, value: host.change(again) };
    }
  }
  return { value: host.change(next), headers: { ETag: `"${next.version}"` } };
}

function add(host: FakeHost, body: Record<string, unknown>): Suppression {
  const until = new Date(now + 60_000 * Number(body.minutes)).toISOString();
  const added = {
    id: `s-${host.suppressions.length + 1}`, deviceId: null, ward: null, from: at(0), until, by: me, rule: null, incidentId: null, revokedAt: null, revokedBy: null, allowed: 0, active: true, ...body,
  } as unknown as Suppression;
  host.suppressions.unshift(added);
  host.tell("suppressions", {});
  return added;
}

const learn = (host: FakeHost, i: Incident, body: Record<string, unknown>): Answer =>
  ({ status: 201, value: add(host, { kind: "LearnedBehaviour", deviceId: i.device.id, incidentId: i.id, minutes: 1440 * Number(body.days ?? 30) }) });

function revoke(host: FakeHost, id: string): Suppression {
  const found = host.suppressions.find(s => s.id === id);
  if (!found) throw new Refusal(404, `there is no suppression ${id}`);
  Object.assign(found, { revokedAt: at(0), revokedBy: me, active: false });
  host.tell("suppressions", {});
  return found;
}

function resend(host: FakeHost, id: string) {
  const found = host.notifications.find(n => n.id === id);
  if (found?.state !== "Failed") throw new Refusal(409, "it was not given up");
  Object.assign(found, { state: "Waiting", attempts: 0, lastError: null });
  host.tell("notifications", {});
  host.tell("overview", host.overview());
  return found;
}
