using IoMTAD.Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

// Steps of a deployment, and what people run from time to time.
if (args is [var command, .. var arguments] && Commands.Find(command) is { } run)
    return await run(arguments, new ConfigurationBuilder().AddEnvironmentVariables().Build(), Console.Out, Console.Error, CancellationToken.None);

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddAzureHost(builder.Configuration, builder.Environment);
await builder.Build().RunAsync();
return 0;
