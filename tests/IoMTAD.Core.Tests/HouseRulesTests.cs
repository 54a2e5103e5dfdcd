using System.Text.RegularExpressions;
using IoMTAD.Tests;

namespace IoMTAD.Core.Tests;

/// <summary>The rules that keep the house as it was planned; see docs/adr/0001.</summary>
public sealed partial class HouseRulesTests
{
    private const int LongestFile = 300, LongestLine = 160;

    private static readonly string[] CodeFolders = ["functions", "training", "tests", "infra"];

    /// <summary>A style sheet: a rule of it stands on its line, whatever its length.</summary>
    private static readonly string[] LongLines = [Path.Combine("training", "IoMTAD.Training", "Evaluation", "Reports", "Stylesheet.cs")];

    private static readonly string[] Rooms = ["Capture", "Decoding", "Features", "Inference", "Policy", "Recording", "Response", "Views"];
    private static readonly string Core = Path.Combine(SharedData.RepositoryRoot, "functions", "IoMTAD.Core");

    [Fact]
    public void Rooms_stand_in_the_order_in_which_data_flows()
    {
        var folders = Directory.GetDirectories(Core).Select(Path.GetFileName).Where(f => f is not ("bin" or "obj")).Order(StringComparer.Ordinal);
        Assert.Equal(Rooms, folders);
    }

    [Fact]
    public void A_room_uses_only_itself_and_rooms_before_it()
    {
        var breaches =
            from file in Sources(Core)
            let room = Room(file)
            where room >= 0
            from Match use in RoomUse().Matches(File.ReadAllText(file))
            where Array.IndexOf(Rooms, use.Groups["room"].Value) > room
            select $"{Relative(file)} uses {use.Value}";
        Assert.Empty(breaches);
    }

    [Fact]
    public void A_namespace_in_core_is_its_room()
    {
        var breaches =
            from file in Sources(Core)
            let room = Room(file)
            let name = NamespaceOf().Match(File.ReadAllText(file)).Groups["name"].Value
            let wanted = room < 0 ? "IoMTAD" : $"IoMTAD.{Rooms[room]}"
            where name != wanted && !name.StartsWith(wanted + ".", StringComparison.Ordinal)
            select $"{Relative(file)} is in namespace {name}";
        Assert.Empty(breaches);
    }

    [Fact]
    public void Core_depends_on_no_package_at_run_time()
    {
        var references = typeof(DetectionPipeline).Assembly.GetReferencedAssemblies().Select(a => a.Name!);
        Assert.All(references, name => Assert.True(
            name.StartsWith("System.", StringComparison.Ordinal) || name is "System" or "netstandard", name));
    }

    [Fact]
    public void No_source_file_is_longer_than_300_lines()
    {
        var breaches =
            from folder in CodeFolders
            from file in Sources(Path.Combine(SharedData.RepositoryRoot, folder))
            let lines = File.ReadLines(file).Count()
            where lines > LongestFile
            select $"{Relative(file)}: {lines} lines";
        Assert.Empty(breaches);
    }

    [Fact]
    public void No_line_of_source_is_longer_than_160_columns()
    {
        var breaches =
            from folder in CodeFolders
            from file in Sources(Path.Combine(SharedData.RepositoryRoot, folder))
            where !LongLines.Contains(Relative(file))
            from line in File.ReadLines(file).Index()
            let columns = line.Item.EnumerateRunes().Count()
            where columns > LongestLine
            select $"{Relative(file)}:{line.Index + 1}: {columns} columns";
        Assert.Empty(breaches);
    }

    [Fact]
    public void Projects_name_no_package_version_of_their_own()
    {
        var breaches = Sources(SharedData.RepositoryRoot, "*.csproj")
            .Where(project => PackageVersion().IsMatch(File.ReadAllText(project))).Select(Relative);
        Assert.Empty(breaches);
    }

    private static IEnumerable<string> Sources(string folder, string pattern = "*.cs") => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static int Room(string file) => Array.IndexOf(Rooms, Path.GetRelativePath(Core, file).Split(Path.DirectorySeparatorChar)[0]);

    private static string Relative(string file) => Path.GetRelativePath(SharedData.RepositoryRoot, file);

    [GeneratedRegex(@"\bIoMTAD\.(?<room>Capture|Decoding|Features|Inference|Policy|Recording|Response|Views)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex RoomUse();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex NamespaceOf();

    [GeneratedRegex("<PackageReference [^>]*Version=")]
    private static partial Regex PackageVersion();
}
