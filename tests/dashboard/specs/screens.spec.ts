import { expect, test, views } from "./fixtures";

const folder = process.env.IOMTAD_SCREENS;

/** Pictures for people to look at: `npm run screens`. */
test.describe("pictures", () => {
  test.skip(!folder, "made on demand");
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
