using System.Text.RegularExpressions;
using IoMTAD.Infra.Reading;
using IoMTAD.Infra.Shapes;

namespace IoMTAD.Infra.Checks;

/// <summary>Images are built from the top of the tree, run as a numbered user and hold no secret in any layer.</summary>
internal sealed partial class DockerfileCheck : ICheck
{
    private const string Ours = "iomtad-";

    private static readonly string[] Keywords =
    [
        "FROM", "ARG", "ENV", "RUN", "COPY", "ADD", "WORKDIR", "USER", "EXPOSE", "VOLUME", "LABEL", "ENTRYPOINT", "CMD", "HEALTHCHECK", "STOPSIGNAL", "SHELL", "ONBUILD",
    ];

    public string Name => "dockerfiles";

    public string Purpose => "infra/containers/*.Dockerfile: pinned bases, no root, no secret, sources that exist, a health check";

    public void Run(DeploymentTree tree, Report report)
    {
        foreach (var file in tree.Find("infra/containers", "*Dockerfile"))
        {
            report.See(file);
            var all = Dockerfile.Read(tree.Lines(file));
            foreach (var instruction in all) One(instruction, all, (fault, remedy) => report.Add(file, instruction.Line, fault, remedy), tree);
            var last = all.Where(i => i.Stage == all[^1].Stage).ToList();
            // What is built on an image of ours has its user, its health check and its program.
            if (last.Count == 0 || Expand(last[0].Words[0], all).StartsWith(Ours, StringComparison.Ordinal)) continue;
            if (last.LastOrDefault(i => i.Keyword == "USER") is not { } user) report.Add(file, last[0].Line, "the last stage runs as root", "add USER with a number");
            else if (!User().IsMatch(user.Rest)) report.Add(file, user.Line, $"USER {user.Rest} is no number other than 0", "give a number: Kubernetes cannot tell otherwise that it is not root");
            if (last.All(i => i.Keyword != "HEALTHCHECK") && !IsProbed(tree, file))
                report.Add(file, last[0].Line, "the last stage has no HEALTHCHECK, and no manifest probes it", "ask /healthz");
            if (last.All(i => i.Keyword is not ("ENTRYPOINT" or "CMD"))) report.Add(file, last[0].Line, "the last stage does not say what runs", "add ENTRYPOINT");
        }
    }

    private static void One(Instruction instruction, List<Instruction> all, Action<string, string> add, DeploymentTree tree)
    {
        switch (instruction.Keyword)
        {
            case "FROM" when !Stages(all).Contains(instruction.Words[0]):
                var image = Expand(instruction.Words[0], all);
                if (image != "scratch" && Image.FaultOf(image) is { } fault) add(fault, "name the version that was tried");
                break;
            case "ARG" or "ENV" when Secret().Match(instruction.Rest) is { Success: true } secret:
                add($"{instruction.Keyword} {secret.Groups["name"].Value} would be kept in the image", "use RUN --mount=type=secret, or give it when the container starts");
                break;
            case "COPY" when instruction.Option("from") is null:
                foreach (var source in instruction.Words.SkipLast(1).Where(s => !s.StartsWith("<<", StringComparison.Ordinal) && !IsThere(tree, s)))
                    add($"COPY {source}: there is no such file below the top of the tree", "mend the path");
                break;
            case "COPY" when !Stages(all).Contains(instruction.Option("from")) && Image.FaultOf(Expand(instruction.Option("from")!, all)) is { } unknown:
                add($"COPY --from={instruction.Option("from")}: {unknown}", "name a stage, or an image with its version");
                break;
            case "ADD":
                add("ADD also unpacks and downloads", "use COPY");
                break;
            case "ENTRYPOINT" or "CMD" when !instruction.IsExecForm:
                add($"{instruction.Keyword} goes through a shell, which keeps signals to itself", "write it as a JSON array");
                break;
            case "RUN" when instruction.Rest.Contains("apt-get install", StringComparison.Ordinal):
                if (!instruction.Rest.Contains("--no-install-recommends", StringComparison.Ordinal)) add("apt-get installs more than is asked for", "add --no-install-recommends");
                if (!instruction.Rest.Contains("/var/lib/apt/lists", StringComparison.Ordinal)) add("the lists of apt-get stay in the image", "rm -rf /var/lib/apt/lists/* in the same RUN");
                break;
            case var other when !Keywords.Contains(other):
                add($"'{other}' is no instruction", Spelling.Advice(other, Keywords));
                break;
        }
    }

    // An image that only Kubernetes runs: the check of pods wants probes of each.
    private static bool IsProbed(DeploymentTree tree, string file)
    {
        var image = $"{Ours}{Path.GetFileName(file).Split('.')[0]}";
        return tree.Find("infra/kubernetes", "*.yaml").Any(manifest => tree.Read(manifest).Contains(image, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Stages(List<Instruction> all) => all.Where(i => i is { Keyword: "FROM", Words.Count: 3 }).Select(i => i.Words[2]);

    private static bool IsThere(DeploymentTree tree, string source) => source.Contains('*', StringComparison.Ordinal)
        ? tree.Has(Path.GetDirectoryName(source)!) && Directory.EnumerateFileSystemEntries(tree.Full(Path.GetDirectoryName(source)!), Path.GetFileName(source)).Any()
        : tree.Has(source);

    // Of ${NAME} and $NAME their default.
    private static string Expand(string text, List<Instruction> all) => Variable().Replace(text, match =>
        all.Where(i => i.Keyword == "ARG").Select(i => i.Rest.Split('=', 2)).FirstOrDefault(a => a[0] == match.Groups["name"].Value) is [_, var value] ? value : "");

    [GeneratedRegex(@"\$\{?(?<name>\w+)\}?", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^[1-9]\d*(:\d+)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex User();

    [GeneratedRegex(@"\b(?<name>\w*(password|token|secret|apikey|_key|connectionstring))\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Secret();
}
