using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using IoMTAD.Local.Tests.Api;
using IoMTAD.Local.Tests.Views;
using IoMTAD.Policy.Suppressions;
using IoMTAD.Recording;
using Microsoft.Playwright;

namespace IoMTAD.Local.Tests.Dashboard;

/// <summary>Every view, as people see and use it.</summary>
public sealed class ViewTests(Browser browser) : IAsyncLifetime
{
    private static readonly string[] Views = ["ward", "incidents", "incidents/i1", "patterns", "suppressions", "models", "notifications"];

    private TestHost host = null!;

    public static TheoryData<string, ColorScheme> EachViewInEachScheme =>
        [.. Views.SelectMany(v => new (string, ColorScheme)[] { (v, ColorScheme.Light), (v, ColorScheme.Dark) })];

    public static TheoryData<string> EachView => [.. Views];

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(requestsPerSecond: 1000, seed: async open =>
        {
            for (var i = 2; i <= 8; i++) await open.Events.CommitAsync(Story.Incident(i, "console"));
            var (id, at) = ("s1", Story.Noon);
            await open.Events.CommitAsync(new Commit([new StreamAppend(Suppression.StreamOf(id), null,
            [
                new NewEvent("s1", new AllowRuleAdded(id, new AllowRule("pump-01", null, null, "port scan", null), at, at.AddDays(30), "anna"), at),
            ])]));
        });
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [MemberData(nameof(EachViewInEachScheme))]
    public async Task A_view_has_no_accessibility_violation(string view, ColorScheme scheme)
    {
        var page = await OpenAsync(view, scheme: scheme);
        var rules = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] };
        var result = await page.RunAxe(new AxeRunOptions { RunOnly = rules });
        Assert.True(result.Violations.Length == 0, string.Join('\n', result.Violations.Select(v =>
            $"{v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")));
    }

    [Theory]
    [MemberData(nameof(EachView))]
    public async Task A_view_fits_a_phone(string view)
    {
        var page = await OpenAsync(view, width: 390, height: 844);
        var width = await page.EvaluateAsync<int>(
            "Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll('main, main > *')].map(e => e.scrollWidth))");
        Assert.InRange(width, 0, 390);
    }

    [Fact]
    public async Task On_a_phone_no_row_lies_over_another()
    {
        var page = await OpenAsync("incidents", width: 390, height: 844);
        await Assertions.Expect(page.Locator(".vbody .vrow").Nth(2)).ToBeVisibleAsync();
        var overlaps = await page.EvaluateAsync<int>("""
            (() => { const rows = [...document.querySelectorAll('.vbody .vrow')]
                .map(r => [r.getBoundingClientRect().top, Math.max(...[...r.children].map(c => c.getBoundingClientRect().bottom))]);
            return rows.filter((r, i) => i > 0 && r[0] < rows[i - 1][1] - 1).length; })()
            """);
        Assert.Equal(0, overlaps);
    }

    [Theory]
    [MemberData(nameof(EachView))]
    public async Task Nothing_jumps_while_a_view_loads(string view)
    {
        var page = await browser.OpenAsync();
        await page.AddInitScriptAsync("""
            window.shift = 0;
            new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.shift += e.value; })
                .observe({ type: "layout-shift", buffered: true });
            """);
        await GoAsync(page, view);
        Assert.InRange(await page.EvaluateAsync<double>("window.shift"), 0, 0.05);
    }

    [Fact]
    public async Task The_keyboard_alone_finds_opens_and_acknowledges_an_incident()
    {
        var page = await OpenAsync("incidents");
        await Assertions.Expect(page.Locator(".vbody .vrow")).ToHaveCountAsync(8);
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        await Assertions.Expect(page.Locator(".vrow[aria-current] a")).ToHaveAttributeAsync("href", "#/incidents/i7");
        await Assertions.Expect(page.Locator(".vrow[aria-current] a")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/#/incidents/i7");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("a");
        await Assertions.Expect(page.GetByText("anna is looking since")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.GotoAsync(host.Host.Url + "#/ward");
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.GetByLabel("Search devices")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Colours_follow_the_choice_and_stay()
    {
        var page = await OpenAsync("ward");
        await page.GetByRole(AriaRole.Button, new() { Name = "Colours: system. Switch to light" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Colours: light. Switch to dark" }).ClickAsync();
        await page.ReloadAsync();
        Assert.Equal("dark", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).colorScheme"));
    }

    private async Task<IPage> OpenAsync(string view, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await browser.OpenAsync(width, height, scheme);
        await GoAsync(page, view);
        return page;
    }

    private async Task GoAsync(IPage page, string view)
    {
        await page.GotoAsync($"{host.Host.Url}#/{view}");
        await Assertions.Expect(page.GetByText("Live", new PageGetByTextOptions { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".loading")).ToHaveCountAsync(0);
    }
}
