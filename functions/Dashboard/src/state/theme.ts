import { computed, signal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";
export const themes: readonly Theme[] = ["system", "light", "dark"];

const name = "iomtad-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const systemDark = signal(system.matches);
system.addEventListener("change", () => { systemDark.value = system.matches; });

export const theme = signal<Theme>(themes.find(t => t === localStorage.getItem(name)) ?? "system");
export const dark = computed(() => (theme.value === "system" ? systemDark.value : theme.value === "dark"));

theme.subscribe(value => {
  document.documentElement.style.colorScheme = value === "system" ? "light dark" : value;
  localStorage.setItem(name, value);
});
