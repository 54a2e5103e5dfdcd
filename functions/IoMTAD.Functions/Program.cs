using IoMTAD.Functions;
using IoMTAD.Functions.Recording;
using IoMTAD.Functions.Views;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

// Steps of a deployment.
if (args is ["schema", .. var arguments])
    return await SchemaCommand.RunAsync(arguments, new ConfigurationBuilder().AddEnvironmentVariables().Build(), Console.Out, Console.Error);
if (args is ["views", .. var others])
    return await ViewsCommand.RunAsync(others, new ConfigurationBuilder().AddEnvironmentVariables().Build(), Console.Out, Console.Error);

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddAzureHost(builder.Configuration, builder.Environment);
await builder.Build().RunAsync();
return 0;
