import { expect, test } from "./fixtures";

const mostRows = 60;

test.describe("a hospital of 10,000 devices and 100,000 incidents", () => {
  test.use({ options: { devices: 10_000, incidents: 100_000 } });

  test("scrolls its devices with few rows in the document, to the last one", async ({ page }) => {
    await page.goto("/");
    await expect(page.locator(".devices header")).toContainText("10,000");
    const table = page.getByRole("table", { name: "Devices" });
    await expect(table).toHaveAttribute("aria-rowcount", "10001");
    for (const part of [0.1, 0.5, 0.93, 1]) {
      await table.evaluate((e, part) => { e.scrollTop = part * e.scrollHeight; }, part);
      const wanted = part === 1 ? 10_001 : Math.round(10_000 * part);
      await expect.poll(() => table.getByRole("row").last().getAttribute("aria-rowindex").then(Number)).toBeGreaterThanOrEqual(wanted);
      expect(await table.getByRole("row").count()).toBeLessThan(mostRows);
    }
  });

  test("finds one device among all", async ({ page }) => {
    await page.goto("/");
    await expect(page.locator(".devices header")).toContainText("10,000");
    await page.getByRole("searchbox").fill("07777");
    await expect(page.getByRole("row")).toHaveCount(2);
    await expect(page.locator(".devices header")).toContainText("1 of 10,000");
  });

  test("loads more incidents as one scrolls, with few rows in the document", async ({ page, host }) => {
    await page.goto("/#/incidents?state=all");
    const table = page.getByRole("table", { name: "Incidents" });
    await expect(page.locator(".incidents header")).toContainText("200 loaded");
    for (const loaded of [400, 600, 800]) {
      await table.evaluate(e => { e.scrollTop = e.scrollHeight; });
      await expect.poll(() => page.locator(".incidents header").textContent().then(t => Number(/([\d,]+) loaded/.exec(t!)![1]!.replace(",", "")))).toBeGreaterThanOrEqual(loaded);
      expect(await table.getByRole("row").count()).toBeLessThan(mostRows);
    }
    expect(host.requests.filter(r => r.startsWith("GET /incidents?")).length).toBeLessThan(8);
  });

  test.describe("on a phone", () => {
    test.use({ viewport: { width: 390, height: 844 } });
    test("scrolls as a whole, with few rows in the document", async ({ page }) => {
      await page.goto("/");
      const table = page.getByRole("table", { name: "Devices" });
      await expect(table).toHaveAttribute("aria-rowcount", "10001");
      await page.locator("main").evaluate(e => { e.scrollTop = e.scrollHeight; });
      await expect.poll(() => table.getByRole("row").last().getAttribute("aria-rowindex")).toBe("10001");
      expect(await table.getByRole("row").count()).toBeLessThan(mostRows);
    });
  });
});
