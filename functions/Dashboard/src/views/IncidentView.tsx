import { useEffect, useState } from "preact/hooks";
import { acknowledge, actOn } from "../acts";
import { download } from "../api/client";
import type { Incident, IncidentDetail } from "../api/types";
import { SeverityBadge } from "../components/Badge";
import { likeness } from "../components/IncidentCard";
import { Empty, Failure } from "../components/Status";
import { say } from "../components/Toasts";
import { WhyTable } from "../components/WhyTable";
import { AllowDialog, CloseDialog, LearnDialog, MuteDialog } from "../dialogs";
import { count, percent, score, time, words } from "../format";
import { onKey } from "../keys";
import { go, link } from "../router";
import { useResource } from "../state/resource";
import { incidents, may } from "../state/ward";

type Shown = "close" | "learn" | "allow" | "mute" | null;

/** One incident: why it opened, what happened since, what is like it, and what can be done. */
export function IncidentView({ id }: { id: string }) {
  const told = incidents.value.get(id)?.version;
  const detail = useResource<IncidentDetail>(`/incidents/${encodeURIComponent(id)}`, [told]);
  const [shown, show] = useState<Shown>(null);
  const incident = detail.data?.incident ?? null;
  const done = async (act: Promise<Incident | null>) => { await act; detail.reload(); };
  useEffect(() => onKey(key => {
    if (key !== "a" || !incident || incident.closedAt || !may.value.respond) return false;
    void done(acknowledge(incident));
    return true;
  }), [incident]);
  if (!detail.data || !incident) return <section class="card full">{detail.error ? <Failure text={detail.error} retry={detail.reload} /> : <Empty>Loading incident {id} …</Empty>}</section>;
  const close = () => { show(null); detail.reload(); };
  return (
    <article class="detail">
      <header class="card">
        <p class="line"><a href={link("incidents")}>Incidents</a> <span class="dim">/ {incident.id}</span></p>
        <h1><SeverityBadge severity={incident.severity} /> {incident.device.id} <span class="dim">{likeness(incident)}</span></h1>
        <p>{incident.summary}</p>
        <p class="dim">{state(incident)}{incident.previousId && <> · after <a href={link("incidents", incident.previousId)}>{incident.previousId}</a></>}
          {incident.reopenedAs && <> · goes on as <a href={link("incidents", incident.reopenedAs)}>{incident.reopenedAs}</a></>}</p>
        <Acts incident={incident} show={show} done={done} />
      </header>
      <div class="columns">
        <div class="stack">
          <WhyTable detail={detail.data} />
          <Notes incident={incident} done={done} />
          <Timeline detail={detail.data} />
        </div>
        <div class="stack">
          <Facts detail={detail.data} />
          <Evidence detail={detail.data} />
          <Similar incidents={detail.data.similar} />
        </div>
      </div>
      {shown === "close" && <CloseDialog incident={incident} onClose={close} />}
      {shown === "learn" && <LearnDialog incident={incident} onClose={close} />}
      {shown === "allow" && <AllowDialog detail={detail.data} onClose={close} />}
      {shown === "mute" && <MuteDialog deviceId={incident.device.id} onClose={close} />}
    </article>
  );
}

function state(i: Incident): string {
  if (i.closedAt) return `closed as ${words(i.disposition ?? "")} by ${i.closedBy} at ${time(i.closedAt)} UTC`;
  if (i.acknowledgedBy) return `${i.acknowledgedBy} is looking since ${time(i.acknowledgedAt)} UTC`;
  return i.suppressedBy ? "open; nobody was told, the device was muted or under maintenance" : "open, nobody has acknowledged it";
}

function Acts({ incident, show, done }: { incident: Incident; show: (what: Shown) => void; done: (act: Promise<Incident | null>) => Promise<void> }) {
  const { respond, analyse } = may.value;
  if (!respond) return null;
  const reopen = async () => {
    const next = await actOn(incident, "reopen", {}, `Incident ${incident.id} goes on as a new one.`);
    if (next) go("incidents", next.id);
  };
  return (
    <p class="buttons">
      {!incident.closedAt && !incident.acknowledgedBy && <button type="button" class="primary" onClick={() => void done(acknowledge(incident))}>Acknowledge</button>}
      {!incident.closedAt && <button type="button" onClick={() => show("close")}>Close …</button>}
      {incident.closedAt && !incident.reopenedAs && <button type="button" onClick={() => void reopen()}>Reopen</button>}
      {analyse && incident.disposition !== "TrueAttack" && <button type="button" onClick={() => show("learn")}>Learn …</button>}
      {analyse && incident.kind === "Behaviour" && <button type="button" onClick={() => show("allow")}>Allow …</button>}
      <button type="button" onClick={() => show("mute")}>Mute device …</button>
    </p>
  );
}

function Facts({ detail: d }: { detail: IncidentDetail }) {
  const i = d.incident;
  return (
    <section class="card">
      <h2>Facts</h2>
      <dl class="facts">
        <dt>Device</dt><dd>{i.device.id} <span class="dim">{i.device.kind}, {i.device.ward}, {i.device.address}</span></dd>
        <dt>Opened</dt><dd>{time(i.openedAt)} UTC</dd>
        <dt>Last seen</dt><dd>{time(i.lastSeenAt)} UTC</dd>
        <dt>Strange segments</dt><dd>{count(i.segments)}</dd>
        {d.score !== null && <><dt>Highest score</dt><dd>{score(d.score)} <span class="dim">threshold {score(d.threshold)}</span></dd></>}
        {i.suspected && <><dt>Suspected</dt><dd>{i.suspected.name}{i.suspected.probability !== null && ` (${percent(i.suspected.probability)})`}
          {i.suspected.technique && <span class="dim"> MITRE ATT&CK {i.suspected.technique}</span>}</dd></>}
        {d.modelVersion && <><dt>Model</dt><dd class="hash">{d.modelVersion}</dd></>}
        {d.peers.length > 0 && <><dt>Peers</dt><dd>{d.peers.join(", ")}</dd></>}
        {d.suppressions.filter(s => s.active).map(s => <><dt>{words(s.kind)}</dt><dd>until {time(s.until)} UTC, by {s.by}</dd></>)}
      </dl>
    </section>
  );
}

function Notes({ incident, done }: { incident: Incident; done: (act: Promise<Incident | null>) => Promise<void> }) {
  const [text, setText] = useState("");
  if (!may.value.respond) return null;
  const send = async () => { await done(actOn(incident, "notes", { text }, "Noted.")); setText(""); };
  return (
    <form class="card note" onSubmit={e => { e.preventDefault(); void send(); }}>
      <label for="note">Note</label>
      <textarea id="note" rows={2} maxLength={4000} required value={text} onInput={e => setText(e.currentTarget.value)} placeholder="What you found. No patient's name belongs here." />
      <button type="submit" disabled={!text.trim()}>Add note</button>
    </form>
  );
}

function Timeline({ detail }: { detail: IncidentDetail }) {
  return (
    <section class="card">
      <h2>Timeline</h2>
      <ol class="timeline">{detail.timeline.map((e, n) => (
        <li key={n}><time>{time(e.occurredAt)}</time> <b>{words(e.type)}</b> <span class="dim">{e.text}</span>
          {e.type === "NoteAdded" && <blockquote>{e.note ?? <i>erased</i>}</blockquote>}</li>
      ))}</ol>
    </section>
  );
}

function Evidence({ detail }: { detail: IncidentDetail }) {
  if (!detail.evidence.length) return null;
  const { id } = detail.incident;
  const save = () => download(`/incidents/${encodeURIComponent(id)}/evidence`, `incident-${id}.pcap`).catch((error: unknown) => say(String((error as Error).message), true));
  return (
    <section class="card">
      <h2>Evidence</h2>
      <p>{count(detail.evidence.length)} segments are kept, each with the SHA-256 that its event names.</p>
      {may.value.analyse && <p><button type="button" onClick={() => void save()}>Download pcap</button></p>}
    </section>
  );
}

function Similar({ incidents: alike }: { incidents: Incident[] }) {
  return (
    <section class="card">
      <h2>Similar, earlier</h2>
      {alike.length ? <ul class="plain">{alike.map(i => (
        <li key={i.id}><a href={link("incidents", i.id)}>{i.device.id}</a> {likeness(i)} <span class="dim">{time(i.openedAt)} · {i.disposition ? words(i.disposition) : "open"}</span></li>
      ))}</ul> : <Empty>None on record.</Empty>}
    </section>
  );
}
