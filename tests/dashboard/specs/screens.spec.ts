import { expect, test, views } from "./fixtures";

const folder = process.env.IOMTAD_SCREENS;

/** Pictures for people to look at: `npm run screens`. */
test.describe("pictures", () => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [size, width, height] of [["wide", 1280, 800], ["phone", 390, 844]] as const) {
      test.describe(`${colorScheme} ${size}`, () => {
        test.use({ colorScheme, viewport: { width, height } });
        for (const [name, address, title] of views) {
          test(name, async ({ page }) => {
            await page.goto(`/${address}`);
            await expect(page.getByRole("heading", { name: title, exact: true }).last()).toBeVisible();
            if (name === "patterns") await expect(page.locator(".chart:has(canvas)")).toHaveCount(4);
            await page.waitForTimeout(300);
            await page.screenshot({ path: `${folder}/${name}-${size}-${colorScheme}.png` });
          });
        }
      });
    }
  }
});

test.describe("pictures of", () => {
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme, options: { attacksInHistory: ["i-000002", "i-000009"] } });
      for (const [name, button] of [["close", "Close …"], ["learn", "Learn …"], ["allow", "Allow …"]] as const) {
        test(`the dialog ${name}`, async ({ page }) => {
          await page.goto("/#/incidents/i-000060");
          await page.getByRole("button", { name: button }).click();
          await expect(page.getByRole("dialog").locator(".loading")).toHaveCount(0);
          await page.screenshot({ path: `${folder}/dialog-${name}-${colorScheme}.png` });
        });
      }
    });
  }

  test.describe("a large hospital", () => {
    test.use({ options: { devices: 10_000, incidents: 100_000 }, viewport: { width: 1280, height: 1400 } });
    for (const view of ["ward", "incidents?state=all", "patterns?range=week"]) {
      test(view, async ({ page }) => {
        await page.goto(`/#/${view}`);
        await expect(page.locator(".loading")).toHaveCount(0);
        await page.waitForTimeout(1000);
        await page.screenshot({ path: `${folder}/large-${view.split("?")[0]}.png` });
      });
    }
  });

  test.describe("a calm ward", () => {
    test.use({ options: { calm: true, devices: 0, outbox: false } });
    test("ward", async ({ page }) => {
      await page.goto("/");
      await expect(page.getByText("No device has been seen yet")).toBeVisible();
      await page.screenshot({ path: `${folder}/calm.png` });
    });
  });

  test.describe("the form for a key", () => {
    test.use({ options: { key: "k" } });
    test("login", async ({ page }) => {
      await page.goto("/");
      await expect(page.getByLabel("API key")).toBeVisible();
      await page.screenshot({ path: `${folder}/login.png` });
    });
  });
});
