using IoMTAD.Local.Capture.Simulation;
using IoMTAD.Local.Tests.Api;
using Microsoft.Playwright;

namespace IoMTAD.Local.Tests.Dashboard;

/// <summary>A person at the page while a ward goes wrong: the whole way from traffic to a decision and back to the policy.</summary>
[Trait("Category", "Slow")]
public sealed class AttackStoryTests(Browser browser)
{
    private const string Pump = "pump-02";

    [Fact]
    public async Task An_incident_appears_without_a_reload_is_acknowledged_learned_and_closed_as_a_false_alarm()
    {
        var page = await browser.OpenAsync();
        var start = LearnedWard.Learned;
        var ward = new LearnedWard(new ScheduledAttack(LearnedWard.Chattering, start.AddMinutes(1), TimeSpan.FromMinutes(20), Victim: Pump));
        await using var host = await TestHost.StartAsync(requestsPerSecond: 1000, inventory: ward.Inventory);
        var watching = await ward.LearnAsync(host.Open, host.Host);

        await page.GotoAsync(host.Host.Url!);
        await Assertions.Expect(page.GetByText(Pump).First).ToBeVisibleAsync();
        await ward.RunAsync(watching, start.AddMinutes(4));
        await page.Locator(".recent").GetByRole(AriaRole.Link, new() { Name = Pump }).First.ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Assertions.Expect(page.GetByText("anna is looking since")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Learn …" }).ClickAsync();
        await Assertions.Expect(page.GetByText("1 of the last 1 incident would not have opened.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Learn", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText($"From now on this is normal for {Pump}.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close …" }).ClickAsync();
        await page.GetByLabel("Note, if you like").FillAsync("new firmware");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close incident" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Closed as false alarm by anna")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("blockquote", new() { HasText = "new firmware" })).ToBeVisibleAsync();

        await ward.RunAsync(watching, start.AddMinutes(10));
        await page.GetByRole(AriaRole.Link, new() { Name = "Suppressions" }).ClickAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Learned behaviour" }).Filter(new() { HasText = Pump });
        await Assertions.Expect(row).ToContainTextAsync("In force");
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing is silenced")).ToBeVisibleAsync();
    }
}
