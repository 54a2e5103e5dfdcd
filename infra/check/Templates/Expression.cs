using System.Globalization;

namespace IoMTAD.Infra.Templates;

/// <summary>An expression of an ARM template, <c>[union(parameters('a'), variables('b').c)]</c>, taken apart.</summary>
internal abstract record Expression
{
    /// <param name="text">Without its brackets.</param>
    /// <exception cref="FormatException">It is no expression.</exception>
    public static Expression Parse(string text) => new Parser(text).Whole();

    private sealed class Parser(string text)
    {
        private int at;

        public Expression Whole()
        {
            var all = One();
            return at == text.Length ? all : throw Bad();
        }

        private Expression One()
        {
            Expression value = Next() == '\'' ? new Literal(Quoted()) : char.IsDigit(Next()) || Next() == '-' ? Number() : Called();
            while (at < text.Length)
                if (text[at] == '.' || text.AsSpan(at).StartsWith(".?")) value = new Member(value, new Literal(Word(text[at + 1] == '?' ? 2 : 1)));
                else if (text[at] == '[') value = new Member(value, Inside('[', ']').Single());
                else break;
            return value;
        }

        private Call Called()
        {
            var name = Word(0);
            while (Next() == '.') name += "." + Word(1);
            return new Call(name, [.. Inside('(', ')')]);
        }

        private List<Expression> Inside(char open, char close)
        {
            var items = new List<Expression>();
            Take(open);
            if (open == '[' && Next() == '?') at++;
            while (Next() != close)
            {
                items.Add(One());
                if (Next() == ',') at++;
            }
            Take(close);
            return items;
        }

        private string Word(int skipped)
        {
            Next();
            var start = at += skipped;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '$')) at++;
            return at > start ? text[start..at] : throw Bad();
        }

        private Literal Number()
        {
            var start = at++;
            while (at < text.Length && char.IsDigit(text[at])) at++;
            return new Literal(long.Parse(text.AsSpan(start, at - start), CultureInfo.InvariantCulture));
        }

        // A quote within is written twice.
        private string Quoted()
        {
            var end = at + 1;
            while (end < text.Length && (text[end] != '\'' || (end + 1 < text.Length && text[end + 1] == '\''))) end += text[end] == '\'' ? 2 : 1;
            if (end >= text.Length) throw Bad();
            var value = text[(at + 1)..end].Replace("''", "'");
            at = end + 1;
            return value;
        }

        private void Take(char wanted)
        {
            if (Next() != wanted) throw Bad();
            at++;
        }

        private char Next()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            return at < text.Length ? text[at] : '\0';
        }

        private FormatException Bad() => new($"no expression at character {at}: {text}");
    }
}

/// <param name="Value">A text or a whole number.</param>
internal sealed record Literal(object Value) : Expression;

internal sealed record Call(string Name, IReadOnlyList<Expression> Arguments) : Expression;

internal sealed record Member(Expression Of, Expression Key) : Expression;
