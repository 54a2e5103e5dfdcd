using System.CommandLine;
using IoMTAD.Local.Commands;

namespace IoMTAD.Local.Tests.Commands;

public sealed class HelpTests
{
    private static readonly RootCommand Root = CommandLine.Build(new Terminal(TextWriter.Null, TextWriter.Null));

    public static TheoryData<string> Commands => [.. Paths(Root, "")];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_command_explains_itself_and_its_options(string path)
    {
        var words = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var command = words.Aggregate((Command)Root, (parent, name) => parent.Subcommands.Single(c => c.Name == name));

        var help = await Iomtad.SucceedAsync([.. words, "--help"]);

        Assert.Empty(help.Error);
        Assert.False(string.IsNullOrWhiteSpace(command.Description));
        foreach (var option in command.Options)
        {
            Assert.Contains(option.Name, help.Output, StringComparison.Ordinal);
            Assert.False(string.IsNullOrWhiteSpace(option.Description), $"{path} {option.Name} says nothing");
        }
        foreach (var argument in command.Arguments) Assert.False(string.IsNullOrWhiteSpace(argument.Description), $"{path} {argument.Name} says nothing");
        foreach (var child in command.Subcommands) Assert.Contains(child.Name, help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_commands_are_those_that_people_were_promised() =>
        Assert.Equal(
        [
            "compare", "demo", "detect", "devices list", "evaluate", "events anchor", "events erase", "events export", "events list", "events query",
            "events retention", "events verify", "extract", "health", "incidents ack", "incidents close", "incidents hold", "incidents learn", "incidents list",
            "incidents note", "incidents release", "incidents reopen", "incidents show", "keys add", "keys list", "keys revoke",
            "models drift", "models list", "models promote", "models rollback", "models show", "notify channels", "notify check", "notify deliver",
            "notify list",
            "notify resend", "notify test", "replay", "rescore", "serve", "simulate", "suppressions allow", "suppressions list",
            "suppressions maintenance", "suppressions mute", "suppressions revoke", "train", "tune", "views rebuild",
        ], Leaves(Root, "").Order(StringComparer.Ordinal));

    private static IEnumerable<string> Paths(Command command, string path) =>
        command.Subcommands.SelectMany(c => Paths(c, $"{path} {c.Name}".Trim())).Prepend(path);

    private static IEnumerable<string> Leaves(Command command, string path) =>
        command.Subcommands.Count == 0 ? [path] : command.Subcommands.SelectMany(c => Leaves(c, $"{path} {c.Name}".Trim()));
}
