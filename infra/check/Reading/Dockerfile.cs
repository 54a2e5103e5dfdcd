using System.Text.RegularExpressions;

namespace IoMTAD.Infra.Reading;

/// <summary>One instruction of a Dockerfile, its continuations joined.</summary>
/// <param name="Keyword">In capitals.</param>
/// <param name="Stage">From 0, counted by FROM; -1 before the first.</param>
internal sealed record Instruction(string Keyword, string Rest, int Line, int Stage)
{
    /// <summary>Words that do not start with <c>--</c>.</summary>
    public IReadOnlyList<string> Words => [.. Rest.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(w => !w.StartsWith("--", StringComparison.Ordinal))];

    public bool IsExecForm => Rest.StartsWith('[');

    /// <summary>Value of an option such as <c>--from=</c>.</summary>
    public string? Option(string name) =>
        Rest.Split(' ').FirstOrDefault(w => w.StartsWith($"--{name}=", StringComparison.Ordinal))?[(name.Length + 3)..];
}

/// <summary>Takes a Dockerfile apart: https://docs.docker.com/reference/dockerfile/.</summary>
internal static partial class Dockerfile
{
    public static List<Instruction> Read(string[] lines)
    {
        var instructions = new List<Instruction>();
        var (stage, text, start, heredoc) = (-1, "", 0, "");
        foreach (var (number, line) in lines.Index())
        {
            if (heredoc.Length > 0)
            {
                text += "\n" + line;
                if (line.Trim() != heredoc) continue;
                heredoc = "";
            }
            else
            {
                if (line.TrimStart() is "" or ['#', ..]) continue;
                if (text.Length == 0) start = number + 1;
                text += line.Trim();
                if (text.EndsWith('\\'))
                {
                    text = text[..^1] + " ";
                    continue;
                }
                heredoc = Heredoc().Match(text).Groups["end"].Value;
                if (heredoc.Length > 0) continue;
            }
            var (keyword, rest) = text.Split(' ', 2) is [var first, var others] ? (first.ToUpperInvariant(), others.Trim()) : (text.ToUpperInvariant(), "");
            if (keyword == "FROM") stage++;
            instructions.Add(new(keyword, rest, start, stage));
            text = "";
        }
        return instructions;
    }

    [GeneratedRegex(@"<<-?[""']?(?<end>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Heredoc();
}
