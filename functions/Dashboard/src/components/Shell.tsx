import type { ComponentChildren } from "preact";
import { forget } from "../api/client";
import { time } from "../logic/format";
import { link } from "../logic/route";
import { helpShown } from "../state/keys";
import { me, overview } from "../state/ward";
import { Icon } from "./Icon";
import { LiveMark } from "./LiveMark";
import { Nav } from "./Nav";
import { ThemeSwitch } from "./ThemeSwitch";

/** What stands around every view: where one can go, and how the host is. */
export function Shell({ children }: { children: ComponentChildren }) {
  const ward = overview.value;
  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={e => { e.preventDefault(); document.getElementById("main")!.focus(); }}>To the content</a>
      <aside>
        <a class="brand" href={link("ward")}><img src="./icon.svg" alt="" width="24" height="24" />IoMTAD</a>
        <Nav />
      </aside>
      <header>
        <LiveMark />
        <span class="activity cut" title={ward?.activity}>{ward?.activity}</span>
        <span class="clock" title="The ward's own clock: the time of the traffic">{ward?.clock ? `${time(ward.clock)} UTC` : ""}</span>
        <div class="tools">
          {me.value && !me.value.loopback && <><span class="dim account cut">{me.value.name}, {me.value.role}</span>
            <button type="button" class="bare" aria-label="Sign out" title="Sign out" onClick={forget}><Icon name="leave" /></button></>}
          <ThemeSwitch />
          <button type="button" class="bare" aria-label="Keys" title="Keys (?)" onClick={() => { helpShown.value = true; }}><Icon name="keys" /></button>
        </div>
      </header>
      <main id="main" tabIndex={0}>{children}</main>
    </div>
  );
}
