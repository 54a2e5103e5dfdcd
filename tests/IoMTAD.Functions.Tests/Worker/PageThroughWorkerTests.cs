using IoMTAD.Functions.Tests.Recording;
using IoMTAD.Functions.Views;
using IoMTAD.Local.Tests.Dashboard;
using IoMTAD.Local.Tests.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace IoMTAD.Functions.Tests.Worker;

/// <summary>A person at the page that the built worker serves, with the sign-in and the front end that Azure has before it.</summary>
public sealed class PageThroughWorkerTests(PostgresServer server, Browser browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Slow")]
    public async Task An_incident_that_another_instance_records_appears_by_itself_and_can_be_acted_on()
    {
        var page = await browser.OpenAsync();
        var database = await server.RecordAsync();
        await using var record = new MartenRecord(database.Open(), null, new RecordViews());
        await record.Store.CommitAsync(Story.Incident(1, "pager"), Cancellation);
        await using var host = await WorkerHost.StartAsync(BuiltWorkerTests.Settings(database), Cancellation);
        await using var front = await FrontAsync(host);

        var incidents = page.Locator(".recent").GetByRole(AriaRole.Link, new() { Name = Story.Pump.Id });
        await page.GotoAsync(front.Urls.First());
        await Assertions.Expect(incidents).ToHaveCountAsync(1);
        await record.Store.CommitAsync(Story.Incident(2, "pager"), Cancellation);
        await Assertions.Expect(incidents).ToHaveCountAsync(2);

        await incidents.First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Assertions.Expect(page.GetByText("anna@hospital.example is looking since")).ToBeVisibleAsync();
    }

    /// <summary>What stands before the worker: the platform's sign-in, of whose headers nobody else's get through.</summary>
    private static async Task<WebApplication> FrontAsync(WorkerHost host)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var front = builder.Build();
        front.Run(context =>
        {
            context.Request.Headers["X-MS-CLIENT-PRINCIPAL"] = BuiltWorkerTests.Person("anna@hospital.example", "Responder", "Analyst");
            return host.ForwardAsync(context);
        });
        await front.StartAsync(Cancellation);
        return front;
    }
}
