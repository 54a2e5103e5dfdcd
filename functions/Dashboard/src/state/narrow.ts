import { signal } from "@preact/signals";

const phone = matchMedia("(max-width: 760px)");

/** The window is as narrow as a phone: tables become cards. The same width stands in the styles. */
export const narrow = signal(phone.matches);
phone.addEventListener("change", () => { narrow.value = phone.matches; });
