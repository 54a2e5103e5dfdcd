import { useState } from "preact/hooks";
import type { Incident, IncidentDetail } from "../../api/types";
import { Empty, Failure, Loading } from "../../components/Status";
import { AllowDialog } from "../../dialogs/AllowDialog";
import { CloseDialog } from "../../dialogs/CloseDialog";
import { LearnDialog } from "../../dialogs/LearnDialog";
import { MuteDialog } from "../../dialogs/MuteDialog";
import { link } from "../../logic/route";
import { acknowledge } from "../../state/acts";
import { useKeys } from "../../state/keys";
import { useResource } from "../../state/resource";
import { changes, incidents, may } from "../../state/ward";
import { type Asking, Head } from "./Head";
import { Evidence } from "./Evidence";
import { Facts } from "./Facts";
import { Similar } from "./Similar";
import { Timeline } from "./Timeline";
import { WhyTable } from "./WhyTable";

/** One incident: why it opened, what happened since, what is like it, and what can be done. */
export function IncidentView({ id }: { id: string }) {
  const told = incidents.value.get(id);
  const detail = useResource<IncidentDetail>(`/incidents/${encodeURIComponent(id)}`, [told?.version, changes.suppressions.value]);
  const [asking, ask] = useState<Asking>(null);
  const fetched = detail.data?.incident;
  const incident = told && fetched && told.version > fetched.version ? told : fetched;
  const done = async (act: Promise<Incident | null>) => { await act; detail.reload(); };
  useKeys(key => {
    if (key !== "a" || !incident || incident.closedAt || incident.acknowledgedBy || !may.value.respond) return false;
    void done(acknowledge(incident));
    return true;
  });
  if (!detail.data || !incident) return <Missing id={id} error={detail.error?.text} retry={detail.error?.status === 404 ? undefined : detail.reload} />;
  const close = () => { ask(null); detail.reload(); };
  return (
    <article class="detail">
      <Head incident={incident} ask={ask} done={done} />
      <div class="columns">
        <div class="stack">
          <WhyTable detail={detail.data} />
          <Timeline detail={detail.data} incident={incident} done={done} />
        </div>
        <div class="stack">
          <Facts detail={detail.data} incident={incident} />
          <Evidence detail={detail.data} />
          <Similar incidents={detail.data.similar.filter(i => i.id !== id)} />
        </div>
      </div>
      {asking === "close" && <CloseDialog incident={incident} onClose={close} />}
      {asking === "learn" && <LearnDialog incident={incident} onClose={close} />}
      {asking === "allow" && <AllowDialog detail={detail.data} onClose={close} />}
      {asking === "mute" && <MuteDialog deviceId={incident.device.id} onClose={close} />}
    </article>
  );
}

function Missing({ id, error, retry }: { id: string; error: string | undefined; retry: (() => void) | undefined }) {
  return (
    <section class="panel fill">
      <header><h1>Incident {id}</h1></header>
      {error && retry ? <Failure text={error} retry={retry} />
        : error ? <Empty icon="search" title="There is no such incident">{error}. <a href={link("incidents")}>All incidents</a></Empty> : <Loading lines={14} />}
    </section>
  );
}
