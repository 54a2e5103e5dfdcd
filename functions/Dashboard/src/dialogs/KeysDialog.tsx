import { Dialog } from "../components/Dialog";
import { helpShown } from "../state/keys";

const keys: [string, string][] = [
  ["/", "Search"], ["j", "Next row"], ["k", "Previous row"], ["Enter", "Open the row"], ["a", "Acknowledge the incident"],
  ["Escape", "Leave the search, close a dialog"], ["?", "Show these keys"],
];

export function KeysDialog() {
  return (
    <Dialog title="Keys" onClose={() => { helpShown.value = false; }}>
      <dl class="keys">{keys.map(([key, what]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{what}</dd></div>)}</dl>
    </Dialog>
  );
}
