namespace Breakwater.Norms.Expressions;

/// <summary>Why a text is no expression, and at which character of it.</summary>
public sealed record ExpressionFault(int At, string Reason);

/// <summary>
/// Reads <c>expr := conj ('|' conj)*; conj := unary ('&amp;' unary)*; unary := '!' unary | '(' expr ')' | id</c>. <c>!</c> binds
/// tightest, then <c>&amp;</c>, then <c>|</c>. Ids are case-sensitive and match <c>[A-Za-z_][A-Za-z0-9_.-]*</c>.
/// </summary>
public static class ExpressionText
{
    /// <summary>The longest condition in a catalogue that people wrote has 250 characters.</summary>
    public const int LengthMax = 4_000;

    public const int DepthMax = 60;

    /// <summary>Null with a fault when the text is no expression.</summary>
    public static (Expression? Expression, ExpressionFault? Fault) Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LengthMax)
        {
            return (null, new ExpressionFault(LengthMax, $"is longer than {LengthMax} characters"));
        }

        var reader = new Reader(text);
        Expression? expression = reader.Whole();
        return (expression, reader.Fault);
    }

    private static bool Begins(char c) => char.IsAsciiLetter(c) || c == '_';

    private static bool GoesOn(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';

    private sealed class Reader(string text)
    {
        private int at;

        public ExpressionFault? Fault { get; private set; }

        public Expression? Whole()
        {
            Expression? expression = AnyOf(0);
            if (Fault is null && Next() is { } extra)
            {
                Refuse(
                    extra == ')'
                        ? "')' closes nothing"
                        : $"'{extra}' stands where '&', '|' or the end was expected"
                );
            }

            return Fault is null ? expression : null;
        }

        private Expression? AnyOf(int depth) =>
            Series('|', () => Series('&', () => Unary(depth), parts => new All(parts)), Join);

        private static Expression Join(IReadOnlyList<Expression> parts) => new Any(parts);

        private Expression? Series(
            char between,
            Func<Expression?> part,
            Func<IReadOnlyList<Expression>, Expression> join
        )
        {
            var parts = new List<Expression>();
            do
            {
                if (part() is not { } read)
                {
                    return null;
                }

                parts.Add(read);
            } while (Take(between));

            return parts.Count == 1 ? parts[0] : join(parts);
        }

        private Expression? Unary(int depth)
        {
            if (depth > DepthMax)
            {
                return Refuse($"is nested deeper than {DepthMax} levels");
            }

            if (Take('!'))
            {
                return Unary(depth + 1) is { } negated ? new Not(negated) : null;
            }

            if (Take('('))
            {
                Expression? inner = AnyOf(depth + 1);
                return inner is null ? null
                    : Take(')') ? inner
                    : Refuse("a '(' is not closed");
            }

            if (Next() is not { } first)
            {
                return Refuse("ends where an id was expected");
            }

            if (!Begins(first))
            {
                return Refuse($"'{first}' stands where an id was expected");
            }

            int start = at;
            while (at < text.Length && GoesOn(text[at]))
            {
                at++;
            }

            return new Id(text[start..at]);
        }

        private char? Next()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            return at < text.Length ? text[at] : null;
        }

        private bool Take(char expected)
        {
            if (Fault is not null || Next() != expected)
            {
                return false;
            }

            at++;
            return true;
        }

        private Expression? Refuse(string reason)
        {
            Fault ??= new ExpressionFault(at, reason);
            return null;
        }
    }
}
