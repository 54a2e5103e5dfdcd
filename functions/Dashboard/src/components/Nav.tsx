import { compact } from "../logic/format";
import { openCount } from "../logic/incidents";
import { link } from "../logic/route";
import { route } from "../state/router";
import { overview } from "../state/ward";
import { Icon, type IconName } from "./Icon";

const views: [IconName, string, string][] = [
  ["ward", "Ward", "Ward"], ["incidents", "Incidents", "Incidents"], ["patterns", "Patterns", "Patterns"], ["suppressions", "Suppressions", "Silenced"],
  ["models", "Models", "Models"], ["notifications", "Notifications", "Messages"],
];

/** The views; at the side, or below on a phone. */
export function Nav() {
  const ward = overview.value;
  const counts: Record<string, [number, string]> = { incidents: [openCount(ward), "open"], notifications: [ward?.notifications.failed ?? 0, "failed"] };
  return (
    <nav aria-label="Views">
      {views.map(([view, name, short]) => {
        const [number, what] = counts[view] ?? [0, ""];
        return (
          <a key={view} href={link(view)} aria-current={route.value.view === view ? "page" : undefined}>
            <Icon name={view} size={17} /><span class="long">{name}</span><span class="short" aria-hidden="true">{short}</span>
            {number > 0 && <span class={what === "failed" ? "count bad" : "count"}>{compact(number)}<span class="hidden"> {what}</span></span>}
          </a>
        );
      })}
    </nav>
  );
}
