import AxeBuilder from "@axe-core/playwright";
import { expect, test, views } from "./fixtures";

for (const [name, address, title] of views) {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(`${name}, ${colorScheme}`, () => {
      test.use({ colorScheme });
      test("shows itself, obeys the content security policy and breaks no rule of accessibility", async ({ page }) => {
        const faults: string[] = [];
        page.on("console", m => { if (m.type() === "error") faults.push(m.text()); });
        page.on("pageerror", e => faults.push(e.message));
        await page.goto(`/${address}`);
        await expect(page.getByRole("heading", { name: title, exact: true }).last()).toBeVisible();
        await expect(page.getByText("Live", { exact: true })).toBeVisible();
        if (name === "patterns") await expect(page.locator(".chart:has(canvas)")).toHaveCount(4);
        await expect(page.locator(".loading")).toHaveCount(0);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(" ")).join("; ")}`)).toEqual([]);
        expect(faults).toEqual([]);
      });
    });
  }

  test(`${name} does not jump while it loads`, async ({ page }) => {
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver(list => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) shifts.push(entry.value);
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(`/${address}`);
    await expect(page.getByRole("heading", { name: title, exact: true }).last()).toBeVisible();
    await expect(page.locator(".loading")).toHaveCount(0);
    await page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const total = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.reduce((a, b) => a + b, 0));
    test.info().annotations.push({ type: "layout shift", description: `${name} ${total.toFixed(4)}` });
    expect(total).toBeLessThan(0.05);
  });

  test.describe("on a phone", () => {
    test.use({ viewport: { width: 390, height: 844 } });
    test(`${name} fits its width and breaks no rule of accessibility`, async ({ page }) => {
      await page.goto(`/${address}`);
      await expect(page.getByRole("heading", { name: title, exact: true }).last()).toBeVisible();
      await expect(page.locator(".loading")).toHaveCount(0);
      const [page_, main] = await page.evaluate(() => [document.documentElement, document.getElementById("main")!].map(e => e.scrollWidth - e.clientWidth));
      expect([page_, main]).toEqual([0, 0]);
      expect((await new AxeBuilder({ page }).analyze()).violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(" ")).join("; ")}`)).toEqual([]);
    });
  });
}

test.describe("of a host that knows nothing yet", () => {
  test.use({ options: { calm: true, devices: 0, outbox: false } });
  const words = { ward: "No device has been seen yet", incidents: "No incident is open", incident: "There is no such incident", patterns: "Nothing was strange in this time", suppressions: "Nothing is silenced", models: "No model is in use", notifications: "No channel is set up" };
  for (const [name, address] of views) {
    test(`${name} says so in words`, async ({ page }) => {
      await page.goto(`/${address}`);
      await expect(page.getByText(words[name]).first()).toBeVisible();
    });
  }
  test("has no tab for an outbox", async ({ page }) => {
    await page.goto("/#/notifications");
    await expect(page.getByText("Nothing failed")).toBeVisible();
    await expect(page.getByRole("button", { name: "Outbox" })).toHaveCount(0);
  });
});

test("A route that fails is said in words and can be tried again", async ({ page, host }) => {
  host.broken.add("/incidents");
  await page.goto("/#/incidents");
  await expect(page.getByRole("alert")).toContainText("The record does not answer.");
  host.broken.clear();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("row")).toHaveCount(7);
});

test("The switch of colours goes from the system's to light to dark, and is kept", async ({ page }) => {
  await page.goto("/");
  const colours = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await colours();
  for (let n = 0; n < 2; n++) await page.getByRole("button", { name: /^Colours/ }).click();
  expect(await colours()).not.toBe(light);
  await page.reload();
  expect(await colours()).not.toBe(light);
});
