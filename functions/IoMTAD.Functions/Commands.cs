using IoMTAD.Functions.Inference;
using IoMTAD.Functions.Recording;
using IoMTAD.Functions.Views;
using Microsoft.Extensions.Configuration;

namespace IoMTAD.Functions;

/// <summary>What the program does, and ends, in place of being a worker.</summary>
internal static class Commands
{
    internal delegate Task<int> Run(string[] arguments, IConfiguration configuration, TextWriter output, TextWriter error, CancellationToken cancellation);

    /// <returns>Null of what is no command: the Functions host starts the worker with arguments of its own.</returns>
    public static Run? Find(string name) => name switch
    {
        "schema" => SchemaCommand.RunAsync,
        "views" => ViewsCommand.RunAsync,
        "record" => RecordCommand.RunAsync,
        "models" => ModelsCommand.RunAsync,
        _ => null,
    };
}
