using IoMTAD.Hosting.Views;
using IoMTAD.Local.Tests.Dashboard;
using IoMTAD.Local.Views;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace IoMTAD.Local.Tests.Dashboard;

/// <summary>A real Chromium, started when the first test asks for it.</summary>
/// <remarks>Debian's, or the one that <c>IOMTAD_CHROMIUM</c> names; tests are skipped where there is none, or where the page was built without Node.</remarks>
public sealed class Browser : IAsyncDisposable
{
    /// <summary>Milliseconds.</summary>
    private const int Patience = 20_000;

    private const string Usual = "/usr/bin/chromium";

    // A browser that looks for its maker's servers, or draws by a graphics card, only makes tests slow.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly Lazy<Task<IBrowser>> browser;
    private readonly List<(string Class, string Test, IBrowserContext Context)> open = [];
    private IPlaywright? playwright;

    public Browser() => browser = new(async () =>
    {
        // A busy machine is no fault of the page.
        Assertions.SetDefaultExpectTimeout(Patience);
        playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = Arguments });
    });

    private static string Executable => Environment.GetEnvironmentVariable("IOMTAD_CHROMIUM") ?? Usual;

    /// <summary>A page of a person of their own.</summary>
    public async Task<IPage> OpenAsync(int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipUnless(File.Exists(Executable), $"{Executable} is not there: apt-get install chromium");
        Assert.SkipUnless(typeof(LiveWard).Assembly.GetManifestResourceInfo("Dashboard/index.html") is not null, "the page was built without Node.js");
        var context = await (await browser.Value).NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme, AcceptDownloads = true,
        });
        context.SetDefaultTimeout(Patience);
        await LeaveEarlierAsync(context);
        return await context.NewPageAsync();
    }

    // Tests of a class follow each other: what an earlier one has open only looks for its host, which is gone.
    private async Task LeaveEarlierAsync(IBrowserContext context)
    {
        var (of, test) = (TestContext.Current.TestClass!.UniqueID, TestContext.Current.Test!.UniqueID);
        List<IBrowserContext> earlier;
        lock (open)
        {
            earlier = [.. open.Where(o => o.Class == of && o.Test != test).Select(o => o.Context)];
            open.RemoveAll(o => o.Class == of && o.Test != test);
            open.Add((of, test, context));
        }
        foreach (var left in earlier) await left.CloseAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser.IsValueCreated) await (await browser.Value).DisposeAsync();
        playwright?.Dispose();
    }
}
