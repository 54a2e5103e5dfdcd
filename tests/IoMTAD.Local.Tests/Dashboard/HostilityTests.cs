using System.Globalization;
using IoMTAD.Api.Security;
using IoMTAD.Capture;
using IoMTAD.Local.Tests.Api;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy.Devices;
using IoMTAD.Recording;
using Microsoft.Playwright;

namespace IoMTAD.Local.Tests.Dashboard;

/// <summary>What the world does to a page: names that bite, crowds, other people, hosts that go.</summary>
public sealed class HostilityTests(Browser browser)
{
    private const int Crowd = 10_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_and_notes_are_text_whatever_they_say()
    {
        const string Name = "<img src=x onerror=\"window.bitten=1\">";
        var device = new InventoryDevice("02:00:00:00:00:02", Name, "<b>pump</b>", "</script><script>window.bitten=2</script>");
        await using var host = await TestHost.StartAsync(inventory: new DeviceInventory([Story.Pump, device]), seed: open =>
            open.Events.CommitAsync(Discovered(device), Cancellation));
        await host.PostAsync("/api/v1/incidents/i1/notes", new { text = Name });
        var page = await browser.OpenAsync();
        await page.GotoAsync(host.Host.Url!);
        await Assertions.Expect(page.GetByText(Name).First).ToBeVisibleAsync();
        await page.GotoAsync(host.Host.Url + "#/incidents/i1");
        await Assertions.Expect(page.Locator("blockquote")).ToHaveTextAsync(Name);
        Assert.True(await page.EvaluateAsync<bool>("window.bitten === undefined"));
    }

    [Fact]
    public async Task Ten_thousand_devices_scroll_as_ten_do()
    {
        InventoryDevice[] devices = [.. Enumerable.Range(0, Crowd).Select(i => new InventoryDevice(
            string.Create(CultureInfo.InvariantCulture, $"02:00:00:{i / 65536:x2}:{i / 256 % 256:x2}:{i % 256:x2}"),
            string.Create(CultureInfo.InvariantCulture, $"device-{i:00000}"), "monitor", $"ward-{i % 40}"))];
        await using var host = await TestHost.StartAsync(inventory: new DeviceInventory(devices), seed: async open =>
        {
            foreach (var some in devices.Chunk(500)) await open.Events.CommitAsync(new Commit([.. some.SelectMany(d => Discovered(d).Appends)]), Cancellation);
        });
        var page = await browser.OpenAsync();
        await page.GotoAsync(host.Host.Url!);
        await Assertions.Expect(page.GetByText("10,001", new() { Exact = true }).First).ToBeVisibleAsync();

        Assert.InRange(await page.Locator(".device-rows .vbody .vrow").CountAsync(), 5, 80);
        await page.EvaluateAsync("document.querySelector('.device-rows').scrollTo(0, 1e9)");
        await Assertions.Expect(page.GetByText("device-09999")).ToBeVisibleAsync();
        Assert.InRange(await page.Locator(".device-rows .vbody .vrow").CountAsync(), 5, 80);
        await page.GetByLabel("Search devices").FillAsync("device-05");
        await Assertions.Expect(page.GetByText("1,000 of 10,001")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Whoever_is_late_with_an_act_is_told_and_sees_what_the_other_did()
    {
        await using var host = await TestHost.StartAsync();
        var page = await browser.OpenAsync();
        await page.GotoAsync(host.Host.Url + "#/incidents/i1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close …" }).ClickAsync();
        await host.PostAsync("/api/v1/incidents/i1/close", new { disposition = "TrueAttack" });

        await page.GetByRole(AriaRole.Button, new() { Name = "Close incident" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Somebody else acted on this incident first")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Closed as true attack by anna")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_host_that_asks_for_a_key_gets_one()
    {
        await using var host = await TestHost.StartAsync(guarded: true);
        var page = await browser.OpenAsync();
        await page.GotoAsync(host.Host.Url!);
        await page.GetByLabel("API key").FillAsync("iomtad_wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The host does not take this key.")).ToBeVisibleAsync();

        await page.GetByLabel("API key").FillAsync(host.Keys[Role.Viewer]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();

        // A viewer sees no button that would be refused.
        await page.GotoAsync(host.Host.Url + "#/incidents/i1");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Why" })).ToBeVisibleAsync();
        Assert.Equal(0, await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).CountAsync());
    }

    [Fact]
    public async Task A_stream_that_breaks_is_said_and_comes_back()
    {
        await using var host = await TestHost.StartAsync();
        var page = await browser.OpenAsync();
        await page.GotoAsync(host.Host.Url!);
        await Assertions.Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();

        await page.RouteAsync("**/api/v1/stream", route => route.AbortAsync());
        host.BreakStreams();
        await Assertions.Expect(page.GetByText("Reconnecting …")).ToBeVisibleAsync();
        await page.UnrouteAsync("**/api/v1/stream");
        await Assertions.Expect(page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
    }

    private static Commit Discovered(InventoryDevice device) => new([new StreamAppend(Device.StreamOf(device), null,
        [new NewEvent($"discovered {device.Address}", new DeviceDiscovered(device), Story.Noon)])]);
}
