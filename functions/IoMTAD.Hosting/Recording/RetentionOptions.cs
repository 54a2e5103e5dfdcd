using System.CommandLine;
using IoMTAD.Recording;

namespace IoMTAD.Hosting.Recording;

/// <summary>What a command that lets evidence and notes expire is told.</summary>
public sealed class RetentionOptions
{
    private readonly Option<double?> evidence = Days("--evidence-days", "Evidence of incidents that were closed so many days ago or earlier goes.");
    private readonly Option<double?> texts = Days("--texts-days", "The same for notes.");
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Only says what would go." };

    private RetentionOptions(Command command)
    {
        command.Add(evidence);
        command.Add(texts);
        command.Add(dryRun);
        command.Validators.Add(result =>
        {
            if (result.GetValue(evidence) is null && result.GetValue(texts) is null) result.AddError("name --evidence-days N, --texts-days N or both");
        });
    }

    /// <summary>The command, still without an action.</summary>
    public static (Command Command, RetentionOptions Options) Build()
    {
        var command = new Command("retention", "Lets evidence and notes of closed incidents expire, and records that. What is under a legal hold stays.");
        return (command, new RetentionOptions(command));
    }

    public bool IsDryRun(ParseResult parsed) => parsed.GetValue(dryRun);

    public RetentionRule Rule(ParseResult parsed) => new(Span(parsed.GetValue(evidence)), Span(parsed.GetValue(texts)));

    private static Option<double?> Days(string name, string description)
    {
        var option = new Option<double?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(result.GetValueOrDefault<double?>() is >= 0 and <= 36500))
                result.AddError($"{name} takes a number of days, 0 or more");
        });
        return option;
    }

    private static TimeSpan? Span(double? days) => days is { } d ? TimeSpan.FromDays(d) : null;
}
