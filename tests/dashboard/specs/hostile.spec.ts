import { expect, test, views } from "./fixtures";

const attack = `<img src=x onerror="window.hit=1"><script>window.hit=1</script>"'\`\u202e`;

for (const [name, address] of views) {
  test(`Hostile names are shown as text: ${name}`, async ({ page, host }) => {
    for (const d of host.devices) d.device.id = `${attack}${d.device.id}`;
    for (const i of host.incidents) Object.assign(i, { summary: `${attack}: ${attack}`, acknowledgedBy: attack, suspected: { name: attack, probability: 1, technique: attack } });
    for (const s of host.suppressions) Object.assign(s, { by: attack, deviceId: attack });
    for (const n of host.notifications) Object.assign(n, { text: attack, lastError: attack });
    host.notes.set("i-000060", [{ type: "NoteAdded", occurredAt: "2026-03-02T14:30:00Z", recordedAt: "2026-03-02T14:30:00Z", by: attack, text: attack, note: attack }]);
    await page.goto(`/${address}`);
    await expect(page.locator(".loading")).toHaveCount(0);
    if (name === "patterns") {
      await expect(page.locator(".chart:has(canvas)")).toHaveCount(4);
      for (const chart of await page.locator(".chart").all()) await chart.hover();
    } else if (name !== "models") {
      await expect(page.getByText("<img src=x").first()).toBeVisible();
    }
    expect(await page.evaluate(() => [(window as { hit?: number }).hit ?? 0, document.querySelectorAll("main img, main script").length])).toEqual([0, 0]);
  });
}

test("A hostile answer of an act is text as well", async ({ page, host }) => {
  await page.goto("/#/incidents/i-000060");
  await expect(page.getByRole("button", { name: "Mute device …" })).toBeVisible();
  host.incidents[0]!.device.id = attack;
  host.change({ ...host.incidents[0]!, version: 4 });
  await expect(page.getByRole("heading", { level: 1 })).toContainText("<img src=x");
  await page.getByRole("button", { name: "Mute device …" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Mute", exact: true }).click();
  await expect(page.getByRole("status").getByText("<img src=x")).toBeVisible();
  expect(await page.evaluate(() => (window as { hit?: number }).hit ?? 0)).toBe(0);
});
