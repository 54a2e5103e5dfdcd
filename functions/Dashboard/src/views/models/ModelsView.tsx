import type { Model } from "../../api/types";
import { Empty, Failure, Loading } from "../../components/Status";
import { useResource } from "../../state/resource";
import { overview } from "../../state/ward";
import { ModelPanels } from "./ModelPanels";

/** Which version of each model is in use, what its threshold cuts, and what became of the others. */
export function ModelsView() {
  const models = useResource<Model[]>("/models", [overview.value?.threshold]);
  return (
    <>
      <div class="bar-top"><h1>Models</h1><span class="dim">what scores the traffic, and since when</span></div>
      {models.error && <Failure text={models.error.text} retry={models.reload} />}
      {!models.data && !models.error && <section class="panel"><Loading lines={10} /></section>}
      {models.data?.length === 0 && <section class="panel fill"><Empty icon="models" title="No model is in use">Train one with <code>iomtad train</code> and put it into use with <code>iomtad models promote</code>.</Empty></section>}
      {models.data?.map(m => <ModelPanels key={m.name} model={m} />)}
    </>
  );
}
