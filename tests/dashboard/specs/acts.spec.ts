import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { FakeHost } from "../fake/FakeHost";
import { expect, test } from "./fixtures";

const newest = "i-000060";
const open = (page: Page, id = newest) => page.goto(`/#/incidents/${id}`);
const posts = (host: FakeHost) => host.requests.filter(r => r.startsWith("POST"));

test("An incident is acknowledged and closed, and the page shows it without being loaded again", async ({ page, host }) => {
  await open(page);
  await page.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByText("m.keller is looking since")).toBeVisible();
  await page.getByRole("button", { name: "Close …" }).click();
  const dialog = page.getByRole("dialog");
  expect((await new AxeBuilder({ page }).include("dialog").analyze()).violations).toEqual([]);
  await dialog.getByText("False alarm").click();
  await dialog.getByRole("textbox").fill("Maintenance forgot to say so.");
  await dialog.getByRole("button", { name: "Close incident" }).click();
  await expect(page.getByText("Closed as false alarm by m.keller")).toBeVisible();
  await expect(dialog).toHaveCount(0);
  expect(posts(host)).toEqual([`POST /incidents/${newest}/acknowledge`, `POST /incidents/${newest}/close`]);
});

test("When somebody else acted first the page says so, records nothing and shows how it stands", async ({ page, host }) => {
  await open(page);
  await expect(page.getByRole("button", { name: "Acknowledge" })).toBeVisible();
  const i = host.incidents[0]!;
  // The stream has not told yet.
  host.incidents[0] = { ...i, version: i.version + 1, acknowledgedBy: "a.meier", acknowledgedAt: i.openedAt };
  await page.getByRole("button", { name: "Acknowledge" }).click();
  await expect(page.getByText("Somebody else acted on this incident first.")).toBeVisible();
  await expect(page.getByText("a.meier is looking since")).toBeVisible();
  await page.getByRole("button", { name: "Close …" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close incident" }).click();
  await expect(page.getByText("Closed as false alarm by m.keller")).toBeVisible();
});

test("What is refused is told in the host's words, and a note that was not taken stays", async ({ page, host }) => {
  await open(page);
  await page.getByRole("textbox", { name: "Note" }).fill("<b>Cable</b> was loose");
  host.broken.add(`/incidents/${newest}/notes`);
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(page.getByText("The record does not answer.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("<b>Cable</b> was loose");
  host.broken.clear();
  await page.getByRole("button", { name: "Add note" }).click();
  await expect(page.locator("blockquote")).toHaveText("<b>Cable</b> was loose");
  await expect(page.getByRole("textbox", { name: "Note" })).toHaveValue("");
});

test("A closed incident goes on as a new one", async ({ page }) => {
  await open(page, "i-000001");
  await page.getByRole("button", { name: "Reopen" }).click();
  await expect(page).toHaveURL(/i-000001-2$/);
  await expect(page.getByText("It goes on from")).toBeVisible();
});

test("A device is muted for as long as was chosen", async ({ page, host }) => {
  await open(page);
  await page.getByRole("button", { name: "Mute device …" }).click();
  await page.getByRole("dialog").getByText("8 hours").click();
  await page.getByRole("dialog").getByRole("button", { name: "Mute", exact: true }).click();
  await expect(page.getByText("is muted. What it does is still recorded.")).toBeVisible();
  expect(host.suppressions[0]).toMatchObject({ kind: "Mute", minutes: 480, deviceId: host.incidents[0]!.device.id });
});

test("An allow rule is filled in from the incident and shown what it would have silenced before it is added", async ({ page, host }) => {
  const i = host.incidents.find(x => x.kind === "Behaviour")!;
  await open(page, i.id);
  await page.getByRole("button", { name: "Allow …" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("4 of the last 60 incidents")).toBeVisible();
  await dialog.getByText("With this peer").click();
  await dialog.getByRole("button", { name: "Allow", exact: true }).click();
  await expect(page.getByText("Allowed from now on.")).toBeVisible();
  expect(host.suppressions[0]).toMatchObject({ kind: "AllowRule", minutes: 43_200, rule: { deviceId: i.device.id, class: i.suspected!.name, peer: "10.0.0.7", feature: null, ward: null } });
});

test.describe("where history holds attacks that learning would hide", () => {
  test.use({ options: { attacksInHistory: ["i-000002", "i-000009"] } });
  for (const colorScheme of ["light", "dark"] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme });
      test("learning shows them and waits until they are confirmed", async ({ page, host }) => {
        await open(page);
        await page.getByRole("button", { name: "Learn …" }).click();
        const dialog = page.getByRole("dialog");
        await expect(dialog.getByRole("alert")).toContainText("2 of them were closed as attacks");
        await expect(dialog.getByRole("alert")).toContainText("i-000009");
        const learn = dialog.getByRole("button", { name: "Learn", exact: true });
        await expect(learn).toBeDisabled();
        expect((await new AxeBuilder({ page }).include("dialog").analyze()).violations).toEqual([]);
        await dialog.getByRole("checkbox").check();
        await dialog.getByRole("spinbutton").fill("7");
        await learn.click();
        await expect(page.getByText("From now on this is normal")).toBeVisible();
        expect(host.suppressions[0]).toMatchObject({ kind: "LearnedBehaviour", incidentId: newest, minutes: 7 * 1440 });
      });
    });
  }
});

test("Maintenance is planned for a ward, seen in the list and revoked", async ({ page, host }) => {
  await page.goto("/#/suppressions");
  await page.getByRole("button", { name: "Plan maintenance" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("a whole ward").click();
  await dialog.getByRole("combobox", { name: "Ward" }).selectOption("icu-1");
  expect((await new AxeBuilder({ page }).include("dialog").analyze()).violations).toEqual([]);
  await dialog.getByRole("button", { name: "Plan", exact: true }).click();
  const row = page.getByRole("row", { name: /icu-1/ });
  await expect(row).toContainText("In force");
  expect(host.suppressions[0]).toMatchObject({ kind: "Maintenance", ward: "icu-1", minutes: 120, deviceId: null });
  await row.getByRole("button", { name: "Revoke" }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole("button", { name: "Ended too" }).click();
  await expect(row).toContainText("Revoked by m.keller");
});

test("A message that was given up is sent again, and a channel is tested", async ({ page }) => {
  await page.goto("/#/notifications");
  await page.getByRole("button", { name: "Send again" }).first().click();
  await expect(page.getByRole("button", { name: "Send again" })).toHaveCount(2);
  await page.getByRole("button", { name: "Waiting" }).click();
  await expect(page.getByRole("row")).toHaveCount(5);
  await page.getByRole("listitem").filter({ hasText: "security" }).getByRole("button", { name: "Test" }).click();
  await expect(page.getByText("The test message reached security.")).toBeVisible();
  await page.getByRole("button", { name: "Outbox file" }).click();
  await expect(page.getByText("icu-team@hospital.example").first()).toBeVisible();
});

test("Evidence is saved as a capture", async ({ page }) => {
  await open(page);
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download pcap" }).click()]);
  expect(file.suggestedFilename()).toBe(`incident-${newest}.pcap`);
});
