import { useEffect } from "preact/hooks";
import { locked } from "./api/client";
import { Login } from "./components/Login";
import { Shell } from "./components/Shell";
import { Toasts } from "./components/Toasts";
import { KeysDialog } from "./dialogs/KeysDialog";
import { title } from "./logic/format";
import { helpShown } from "./state/keys";
import { route } from "./state/router";
import { IncidentView } from "./views/incident/IncidentView";
import { IncidentsView } from "./views/incidents/IncidentsView";
import { ModelsView } from "./views/models/ModelsView";
import { NotificationsView } from "./views/notifications/NotificationsView";
import { PatternsView } from "./views/patterns/PatternsView";
import { SuppressionsView } from "./views/suppressions/SuppressionsView";
import { WardView } from "./views/ward/WardView";

export function App() {
  const { view, id } = route.value;
  useEffect(() => {
    document.title = `${title(view)} · IoMTAD`;
    document.getElementById("main")?.scrollTo(0, 0);
  }, [view, id]);
  if (locked.value) return <Login />;
  return (
    <>
      <Shell>{content(view, id)}</Shell>
      {helpShown.value && <KeysDialog />}
      <Toasts />
    </>
  );
}

function content(view: string, id: string | null) {
  switch (view) {
    case "incidents": return id ? <IncidentView id={id} key={id} /> : <IncidentsView />;
    case "patterns": return <PatternsView />;
    case "suppressions": return <SuppressionsView />;
    case "models": return <ModelsView />;
    case "notifications": return <NotificationsView />;
    default: return <WardView />;
  }
}
