import { title } from "../logic/format";
import { theme, themes } from "../state/theme";
import { Icon } from "./Icon";

const next = () => themes[(themes.indexOf(theme.value) + 1) % themes.length]!;

/** Colours as the system has them, light, dark: each press takes the next. */
export function ThemeSwitch() {
  const text = `Colours: ${theme.value}. Switch to ${next()}`;
  return <button type="button" class="bare" aria-label={text} title={`${title(theme.value)} colours`} onClick={() => { theme.value = next(); }}><Icon name={theme.value} /></button>;
}
