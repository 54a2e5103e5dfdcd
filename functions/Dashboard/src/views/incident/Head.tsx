import type { Incident } from "../../api/types";
import { Icon, type IconName } from "../../components/Icon";
import { SeverityBadge } from "../../components/SeverityBadge";
import { StandingBadge } from "../../components/StandingBadge";
import { time, words } from "../../logic/format";
import { likeness } from "../../logic/incidents";
import { link } from "../../logic/route";
import { acknowledge, actOn } from "../../state/acts";
import { go } from "../../state/router";
import { may } from "../../state/ward";

/** Which dialog is shown. */
export type Asking = "close" | "learn" | "allow" | "mute" | null;

interface Props { incident: Incident; ask: (what: Asking) => void; done: (act: Promise<Incident | null>) => Promise<void> }

export function Head({ incident: i, ask, done }: Props) {
  return (
    <header class="panel head">
      <p class="crumbs"><a href={link("incidents")}><Icon name="back" size={14} />Incidents</a><span class="dim cut">{i.id}</span></p>
      <div class="title"><h1>{i.device.id}</h1><span class="like">{likeness(i)}</span><SeverityBadge severity={i.severity} /><StandingBadge incident={i} /></div>
      <p class="text">{i.summary}</p>
      <p class="dim">{history(i)}
        {i.previousId && <> It goes on from <a href={link("incidents", i.previousId)}>{i.previousId}</a>.</>}
        {i.reopenedAs && <> It goes on as <a href={link("incidents", i.reopenedAs)}>{i.reopenedAs}</a>.</>}</p>
      <Acts incident={i} ask={ask} done={done} />
    </header>
  );
}

function history(i: Incident): string {
  if (i.closedAt) return `Closed as ${words(i.disposition ?? "")} by ${i.closedBy} at ${time(i.closedAt)} UTC.`;
  if (i.acknowledgedBy) return `${i.acknowledgedBy} is looking since ${time(i.acknowledgedAt)} UTC.`;
  return i.suppressedBy ? "Nobody was told: the device was muted or under maintenance." : "Nobody has acknowledged it.";
}

function Acts({ incident: i, ask, done }: Props) {
  const { respond, analyse } = may.value;
  if (!respond) return <p class="dim">Your role only reads.</p>;
  const reopen = async () => {
    const next = await actOn(i, "reopen", {}, "The incident goes on as a new one.");
    if (next) go("incidents", next.id);
  };
  const act = (icon: IconName, name: string, onClick: () => void, primary = false) =>
    <button type="button" class={primary ? "primary" : ""} onClick={onClick}><Icon name={icon} />{name}</button>;
  return (
    <div class="buttons">
      {!i.closedAt && !i.acknowledgedBy && act("eye", "Acknowledge", () => void done(acknowledge(i)), true)}
      {!i.closedAt && act("close", "Close …", () => ask("close"), Boolean(i.acknowledgedBy))}
      {i.closedAt && !i.reopenedAs && act("reopen", "Reopen", () => void reopen())}
      {analyse && i.disposition !== "TrueAttack" && act("learn", "Learn …", () => ask("learn"))}
      {analyse && i.kind === "Behaviour" && act("allow", "Allow …", () => ask("allow"))}
      {act("mute", "Mute device …", () => ask("mute"))}
    </div>
  );
}
