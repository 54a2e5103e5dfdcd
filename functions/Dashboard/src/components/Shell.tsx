import type { ComponentChildren } from "preact";
import { count, timeOfDay } from "../format";
import { helpShown } from "../keys";
import { link, route } from "../router";
import { live, me, overview } from "../state/ward";
import { theme, type Theme } from "../theme";

const views: [string, string][] = [
  ["ward", "Ward"], ["incidents", "Incidents"], ["patterns", "Patterns"], ["suppressions", "Suppressions"], ["models", "Models"], ["notifications", "Notifications"],
];
const themes: Theme[] = ["system", "light", "dark"];

/** What stands around every view: where one can go, and how the host is. */
export function Shell({ children }: { children: ComponentChildren }) {
  const ward = overview.value;
  const here = route.value.view;
  const open = ward ? Object.values(ward.open).reduce((a, b) => a + b, 0) : 0;
  const failed = ward?.notifications.failed ?? 0;
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={e => { e.preventDefault(); document.getElementById("main")!.focus(); }}>To the content</a>
      <header>
        <a class="brand" href={link("ward")}><img src="./icon.svg" alt="" width="24" height="24" /> IoMTAD</a>
        <nav aria-label="Views">
          {views.map(([view, name]) => (
            <a key={view} href={link(view)} aria-current={here === view ? "page" : undefined}>
              {name}
              {view === "incidents" && open > 0 && <span class="count" aria-label={`${open} open`}>{count(open)}</span>}
              {view === "notifications" && failed > 0 && <span class="count bad" aria-label={`${failed} failed`}>{count(failed)}</span>}
            </a>
          ))}
        </nav>
        <div class="host">
          <span class={live.value ? "live" : "live lost"} role="status">{live.value ? "live" : "reconnecting …"}</span>
          <span class="dim activity">{ward ? `${ward.activity} · ${timeOfDay(ward.clock)} UTC` : " "}</span>
          <select aria-label="Colours" value={theme.value} onChange={e => { theme.value = e.currentTarget.value as Theme; }}>
            {themes.map(t => <option key={t} value={t}>{t}</option>)}
          </select>
          <button type="button" class="quiet" aria-label="Keys" onClick={() => { helpShown.value = true; }}>?</button>
          {me.value && !me.value.loopback && <span class="dim">{me.value.name}</span>}
        </div>
      </header>
      <main id="main" tabIndex={-1}>{children}</main>
    </div>
  );
}
