import { test as base } from "@playwright/test";
import { FakeHost, type FakeOptions } from "../fake/FakeHost";

export { expect } from "@playwright/test";

/** `host` is a ward of the test's own; the page knows its address. `options` makes it another one. */
export const test = base.extend<{ options: FakeOptions; host: FakeHost }>({
  options: [{}, { option: true }],
  host: async ({ options }, use) => {
    const host = new FakeHost(options);
    await use(host);
    await host.stop();
  },
  baseURL: async ({ host }, use) => { await use(await host.start()); },
});

/** Every view, with the headline that says it is there. */
export const views = [
  ["ward", "#/ward", "Devices"], ["incidents", "#/incidents", "Incidents"], ["incident", "#/incidents/i-000060", "Why"], ["patterns", "#/patterns", "Device by hour"],
  ["suppressions", "#/suppressions", "Suppressions"], ["models", "#/models", "Scores against the threshold"], ["notifications", "#/notifications", "Messages"],
] as const;
