import { expect, test } from "@playwright/test";

const url = process.env.IOMTAD_URL;

/** Against a real host that simulates a ward and attacks it, for example `iomtad demo`. */
test.describe("a real host", () => {
  test.skip(!url, "IOMTAD_URL names no host");
  test.setTimeout(180_000);

  test("An attack appears without a reload, is acknowledged, closed as a false alarm and learned", async ({ page }) => {
    const faults: string[] = [];
    page.on("pageerror", e => faults.push(e.message));
    await page.goto(new URL("#/ward", url).href);
    await expect(page.getByText("Live", { exact: true })).toBeVisible();
    await expect(page.getByRole("table", { name: "Devices" }).getByRole("row").nth(1)).toBeVisible({ timeout: 60_000 });
    await page.evaluate(() => Object.assign(window, { sameDocument: true }));
    // Silence has another preview than behaviour: the walk takes the first incident that names a cause.
    const card = page.locator(".recent li").filter({ has: page.getByRole("button", { name: "Acknowledge" }) }).filter({ hasNotText: "Silence" }).last();
    await expect(card).toBeVisible({ timeout: 120_000 });
    await card.getByRole("link").click();
    await expect(page.getByRole("heading", { name: "Why" })).toBeVisible();
    const id = decodeURIComponent(/#\/incidents\/([^?]+)/.exec(page.url())![1]!);

    await page.getByRole("button", { name: "Acknowledge" }).click();
    await expect(page.getByText(/is looking since/)).toBeVisible();
    await page.getByRole("textbox", { name: "Note" }).fill("Looked at by a test.");
    // While an attack goes on the incident changes; an act on an older version is refused, and made again.
    await expect(async () => {
      await page.getByRole("button", { name: "Add note" }).click();
      await expect(page.locator("blockquote").getByText("Looked at by a test.")).toBeVisible({ timeout: 2000 });
    }).toPass({ timeout: 30_000 });
    await expect(async () => {
      if (!await page.getByRole("dialog").isVisible()) await page.getByRole("button", { name: "Close …" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Close incident" }).click();
      await expect(page.getByText(/Closed as false alarm by/)).toBeVisible({ timeout: 2000 });
    }).toPass({ timeout: 30_000 });

    await page.getByRole("button", { name: "Learn …" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByText(/would not have opened/)).toBeVisible();
    if (await dialog.getByRole("checkbox").count()) await dialog.getByRole("checkbox").check();
    await dialog.getByRole("button", { name: "Learn", exact: true }).click();
    await expect(page.getByText(/From now on this is normal/)).toBeVisible();
    await page.getByRole("link", { name: "Suppressions" }).click();
    await expect(page.getByRole("row").filter({ hasText: id })).toContainText("Learned behaviour");
    expect(await page.evaluate(() => (window as { sameDocument?: boolean }).sameDocument)).toBe(true);
    expect(faults).toEqual([]);
  });

  test("Every view answers with what the host has", async ({ page }) => {
    for (const [address, title] of [["#/ward", "Devices"], ["#/incidents", "Incidents"], ["#/patterns", "Device by hour"], ["#/suppressions", "Suppressions"], ["#/models", "Models"], ["#/notifications", "Messages"]]) {
      await page.goto(new URL(address!, url).href);
      await expect(page.getByRole("heading", { name: title!, exact: true }).last()).toBeVisible();
      await expect(page.locator(".loading")).toHaveCount(0);
      await expect(page.getByRole("alert")).toHaveCount(0);
    }
  });
});
