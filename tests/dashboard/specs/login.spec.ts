import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures";

test.use({ options: { key: "the-right-one" } });

test("A host that asks for a key gets a form, refuses a wrong one and opens with the right one, for this tab", async ({ page }) => {
  await page.goto("/");
  const field = page.getByLabel("API key");
  await expect(field).toBeFocused();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await field.fill("a wrong one");
  await field.press("Enter");
  await expect(page.getByRole("alert")).toContainText("does not take this key");
  await field.fill("the-right-one");
  await field.press("Enter");
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  await expect(page.getByText("m.keller, Admin")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  expect(await page.evaluate(() => [Object.keys(sessionStorage), Object.values(localStorage).includes("the-right-one"), document.cookie])).toEqual([["iomtad-key"], false, ""]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(field).toBeVisible();
});
