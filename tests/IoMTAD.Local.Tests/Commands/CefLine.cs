using System.Text;
using System.Text.RegularExpressions;

namespace IoMTAD.Local.Tests.Commands;

/// <summary>A reader of the Common Event Format, written from its specification and from nothing of ours.</summary>
internal sealed partial record CefLine(string[] Header, Dictionary<string, string> Extension)
{
    public static CefLine Parse(string line)
    {
        Assert.StartsWith("CEF:0|", line, StringComparison.Ordinal);
        var header = new List<string>();
        var field = new StringBuilder();
        var at = "CEF:".Length;
        for (; header.Count < 7; at++)
        {
            if (line[at] == '\\')
            {
                Assert.Contains(line[at + 1], "\\|");
                field.Append(line[++at]);
            }
            else if (line[at] == '|')
            {
                header.Add(field.ToString());
                field.Clear();
            }
            else field.Append(line[at]);
        }
        return new CefLine([.. header], Extensions(line[at..]));
    }

    private static Dictionary<string, string> Extensions(string text)
    {
        // A key begins the text or stands behind a blank, and an equals sign that nothing escapes follows it.
        var keys = KeyOf().Matches(text).ToList();
        Dictionary<string, string> pairs = [];
        for (var i = 0; i < keys.Count; i++)
        {
            var begin = keys[i].Index + keys[i].Length;
            var end = i + 1 < keys.Count ? keys[i + 1].Index : text.Length;
            pairs.Add(keys[i].Groups["key"].Value, Unescape(text[begin..end]));
        }
        return pairs;
    }

    private static string Unescape(string value)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            Assert.NotEqual('=', value[i]);
            if (value[i] != '\\') plain.Append(value[i]);
            else plain.Append(value[++i] switch { 'n' => '\n', 'r' => '\r', '\\' => '\\', '=' => '=', var other => throw new FormatException($"\\{other}") });
        }
        return plain.ToString();
    }

    [GeneratedRegex(@"(^| )(?<key>[A-Za-z0-9_]+)=", RegexOptions.ExplicitCapture)]
    private static partial Regex KeyOf();
}
