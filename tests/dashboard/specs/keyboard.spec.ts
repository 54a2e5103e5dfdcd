import { expect, test } from "./fixtures";

test("Rows are walked with j and k, opened with Enter and acknowledged with a", async ({ page, host }) => {
  await page.goto("/#/incidents");
  await expect(page.getByRole("row")).toHaveCount(7);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(page.locator("[aria-current=true] a")).toBeFocused();
  await expect(page.locator("[aria-current=true]")).toContainText(host.incidents[1]!.device.id);
  await page.keyboard.press("a");
  await expect(page.locator("[aria-current=true]")).toContainText("m.keller is looking");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(host.incidents[1]!.id));
  await expect(page.getByText("m.keller is looking since")).toBeVisible();
});

test("The incident that is shown is acknowledged with a", async ({ page, host }) => {
  await page.goto(`/#/incidents/${host.incidents[0]!.id}`);
  await expect(page.getByRole("button", { name: "Acknowledge" })).toBeVisible();
  await page.keyboard.press("a");
  await expect(page.getByText("m.keller is looking since")).toBeVisible();
});

test("A slash leads to the search, and letters in it are no keys", async ({ page, host }) => {
  await page.goto("/#/incidents");
  await expect(page.getByRole("row")).toHaveCount(7);
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox", { name: "Device" })).toBeFocused();
  await page.keyboard.type("jak?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText("No incident fits")).toBeVisible();
  expect(host.requests.filter(r => r.startsWith("POST"))).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("searchbox", { name: "Device" })).not.toBeFocused();
});

test("A question mark shows the keys; the dialog keeps the focus and gives it back", async ({ page }) => {
  await page.goto("/#/suppressions");
  const button = page.getByRole("button", { name: "Plan maintenance" });
  await button.focus();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  for (let n = 0; n < 8; n++) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement === document.body || document.querySelector("dialog")!.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(button).toBeFocused();
});

test("Everything that can be pressed is reached by Tab and shows that it has the focus", async ({ page }) => {
  await page.goto("/#/incidents/i-000060");
  await expect(page.getByRole("button", { name: "Acknowledge" })).toBeVisible();
  const all = await page.locator("a:visible, button:visible:enabled, textarea:visible").count();
  const reached = new Set<string>();
  for (let n = 0; n < all + 3; n++) {
    await page.keyboard.press("Tab");
    const [name, outlined] = await page.evaluate(() => {
      const e = document.activeElement as HTMLElement;
      return [`${e.tagName} ${e.textContent} ${e.getAttribute("aria-label")} ${e.getBoundingClientRect().top}`, getComputedStyle(e).outlineStyle !== "none"] as const;
    });
    if (name.startsWith("BODY")) continue;
    expect(outlined, name).toBe(true);
    reached.add(name);
  }
  expect(reached.size).toBeGreaterThanOrEqual(all);
});
