import { useEffect } from "preact/hooks";
import { locked } from "./api/client";
import { Help } from "./components/Help";
import { Login } from "./components/Login";
import { Shell } from "./components/Shell";
import { Toasts } from "./components/Toasts";
import { helpShown } from "./keys";
import { route } from "./router";
import { IncidentView } from "./views/IncidentView";
import { IncidentsView } from "./views/IncidentsView";
import { ModelsView } from "./views/ModelsView";
import { NotificationsView } from "./views/NotificationsView";
import { PatternsView } from "./views/PatternsView";
import { SuppressionsView } from "./views/SuppressionsView";
import { WardView } from "./views/WardView";

export function App() {
  const { view, id } = route.value;
  useEffect(() => {
    document.title = `${view} · IoMTAD`;
    document.getElementById("main")?.scrollTo(0, 0);
  }, [view, id]);
  if (locked.value) return <main><Login /></main>;
  return (
    <>
      <Shell>{content(view, id)}</Shell>
      {helpShown.value && <Help />}
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
