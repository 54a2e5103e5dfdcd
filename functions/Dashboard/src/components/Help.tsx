import { helpShown } from "../keys";
import { Dialog } from "./Dialog";

const keys: [string, string][] = [
  ["/", "search"], ["j, k", "next and previous row"], ["Enter", "open the row"], ["a", "acknowledge the incident"], ["Escape", "close the dialog"], ["?", "this list"],
];

export function Help() {
  return (
    <Dialog title="Keys" onClose={() => { helpShown.value = false; }}>
      <dl class="keys">{keys.map(([key, what]) => <><dt><kbd>{key}</kbd></dt><dd>{what}</dd></>)}</dl>
      <form method="dialog"><button class="primary">Close</button></form>
    </Dialog>
  );
}
