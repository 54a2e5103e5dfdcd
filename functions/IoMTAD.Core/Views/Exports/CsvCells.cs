using System.Globalization;

namespace IoMTAD.Views.Exports;

/// <summary>Comma-separated values by RFC 4180, safe to open in a spreadsheet.</summary>
public static class CsvCells
{
    /// <returns>The cells with commas between, without the line's end, which is CR LF.</returns>
    public static string Line(params IEnumerable<object?> cells) => string.Join(',', cells.Select(Cell));

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => Quoted(Harmless(text)),
        DateTimeOffset time => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        IFormattable number => Quoted(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => Quoted(Harmless(value.ToString() ?? "")),
    };

    /// <summary>A text that a spreadsheet would take for a formula is shown as the text that it is.</summary>
    /// <remarks>OWASP, CSV Injection: =, +, -, @, tab and carriage return.</remarks>
    private static string Harmless(string text) => text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r') ? $"'{text}" : text;

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
