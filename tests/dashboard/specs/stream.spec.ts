import { expect, test } from "./fixtures";

test("A new incident comes in without a reload, on the ward and in the list", async ({ page, host }) => {
  await page.goto("/");
  const beside = page.locator(".recent li");
  await expect(beside).toHaveCount(6);
  const next = { ...host.incidents[0]!, id: "i-new", openedAt: "2026-03-02T14:30:00Z", severity: "Critical" as const };
  host.change(next);
  await expect(beside).toHaveCount(7);
  await page.getByRole("link", { name: /^Incidents/ }).click();
  await expect(page.getByRole("row")).toHaveCount(8);
  host.change({ ...next, id: "i-newer", openedAt: "2026-03-02T14:30:01Z" });
  await expect(page.getByRole("row")).toHaveCount(9);
});

test("A device's state follows the stream", async ({ page, host }) => {
  await page.goto("/");
  const device = host.devices.find(d => d.state === "Normal")!;
  await page.getByRole("searchbox").fill(device.device.id);
  await expect(page.getByRole("row").nth(1)).toContainText("Normal");
  host.tell("devices", { items: [{ ...device, state: "silent" }] });
  await expect(page.getByRole("row").nth(1)).toContainText("Silent");
});

test("When the stream breaks the page says so, comes back, and has what happened meanwhile", async ({ page, host }) => {
  await page.goto("/#/incidents");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(7);
  const first = host.incidents[0]!;
  host.incidents[0] = { ...first, version: first.version + 1, closedAt: first.lastSeenAt, closedBy: "a.meier", disposition: "Malfunction" };
  host.cut();
  await expect(page.getByText("Reconnecting …")).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await page.goto("/#/ward");
  await expect(page.locator(".recent li")).toHaveCount(5);
});

test("A line that is silent for too long is given up, and one on which the host speaks is not", async ({ page, host }) => {
  const streams = () => host.requests.filter(request => request.includes("/stream")).length;
  await page.clock.install();
  await page.goto("/#/incidents");
  await expect(page.getByRole("row")).toHaveCount(7);
  for (let n = 1; n <= 3; n++) {
    await page.clock.runFor(30_000);
    host.tell("alive", {});
    // What comes after it is seen once it was heard.
    host.change({ ...host.incidents[0]!, id: `i-new-${n}`, openedAt: `2026-03-02T14:30:0${n}Z` });
    await expect(page.getByRole("row")).toHaveCount(7 + n);
  }
  expect(streams()).toBe(1);
  await page.clock.runFor(50_000);
  await expect.poll(streams).toBe(2);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
});

test("An incident that somebody else closes while the stream is broken is not shown as open for ever", async ({ page, host }) => {
  await page.goto("/");
  await expect(page.locator(".recent li")).toHaveCount(6);
  const first = host.incidents[0]!;
  host.incidents[0] = { ...first, version: first.version + 1, closedAt: first.lastSeenAt, closedBy: "a.meier", disposition: "Malfunction" };
  host.cut();
  await expect(page.locator(".recent li")).toHaveCount(5);
});

test("Nothing is asked again and again where the stream tells", async ({ page, host }) => {
  await page.goto("/#/incidents");
  await expect(page.getByRole("row")).toHaveCount(7);
  await page.waitForLoadState("load");
  const before = host.requests.length;
  for (let n = 0; n < 20; n++) host.tell("overview", { ...host.overview(), packets: n });
  await expect.poll(() => page.evaluate(() => document.title)).toContain("Incidents");
  expect(host.requests.length - before).toBeLessThan(3);
});
