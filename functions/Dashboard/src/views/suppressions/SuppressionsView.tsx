import { useState } from "preact/hooks";
import type { Suppression } from "../../api/types";
import { Icon } from "../../components/Icon";
import { Panel } from "../../components/Panel";
import { Empty, Failure, Loading } from "../../components/Status";
import { Tabs } from "../../components/Tabs";
import { MaintenanceDialog } from "../../dialogs/MaintenanceDialog";
import { useResource } from "../../state/resource";
import { changes, may } from "../../state/ward";
import { SuppressionTable } from "./SuppressionTable";

/** What is known to be harmless, who said so, until when, and what it let pass. */
export function SuppressionsView() {
  const [all, setAll] = useState(false);
  const [planning, plan] = useState(false);
  const list = useResource<Suppression[]>(`/suppressions${all ? "?all=true" : ""}`, [changes.suppressions.value]);
  const actions = (
    <>
      <Tabs label="Which" value={all ? "all" : ""} tabs={[{ value: "", name: "In force" }, { value: "all", name: "Ended too" }]} onChange={value => setAll(value === "all")} />
      {may.value.analyse && <button type="button" onClick={() => plan(true)}><Icon name="plus" size={14} />Plan maintenance</button>}
    </>
  );
  return (
    <>
      <h1 class="hidden">Suppressions</h1>
      <Panel title="Suppressions" fill actions={actions} count={list.data ? String(list.data.length) : ""}>
        {list.error && <Failure text={list.error.text} retry={list.reload} />}
        {!list.data && !list.error && <Loading lines={8} />}
        {list.data?.length === 0 && <Empty icon="suppressions" title="Nothing is silenced">Every strange device opens an incident, and people are told. Mute, allow or learn from an incident.</Empty>}
        {list.data && list.data.length > 0 && <div class="scroll" tabIndex={0} role="region" aria-label="Suppressions"><SuppressionTable rows={list.data} reload={list.reload} /></div>}
      </Panel>
      {planning && <MaintenanceDialog onClose={() => { plan(false); list.reload(); }} />}
    </>
  );
}
