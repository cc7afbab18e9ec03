namespace Breakwater.Norms.Expressions;

/// <summary>The value of a fact or an expression in strong Kleene logic. Unknown is not false.</summary>
public enum Kleene : byte
{
    Unknown = 0,
    True = 1,
    False = 2,
}

/// <summary>The strong Kleene tables: compositional, so that <c>a | !a</c> of an unknown <c>a</c> is unknown.</summary>
public static class KleeneTables
{
    public static Kleene Of(bool? value) =>
        value switch
        {
            true => Kleene.True,
            false => Kleene.False,
            null => Kleene.Unknown,
        };

    public static bool? ToBool(this Kleene value) =>
        value switch
        {
            Kleene.True => true,
            Kleene.False => false,
            _ => null,
        };

    public static Kleene Not(this Kleene value) =>
        value switch
        {
            Kleene.True => Kleene.False,
            Kleene.False => Kleene.True,
            _ => Kleene.Unknown,
        };

    public static Kleene And(this Kleene a, Kleene b) =>
        a == Kleene.False || b == Kleene.False ? Kleene.False
        : a == Kleene.True && b == Kleene.True ? Kleene.True
        : Kleene.Unknown;

    public static Kleene Or(this Kleene a, Kleene b) => a.Not().And(b.Not()).Not();

    /// <summary><c>T</c>, <c>F</c> or <c>U</c>, as findings print it.</summary>
    public static string Letter(this Kleene value) =>
        value switch
        {
            Kleene.True => "T",
            Kleene.False => "F",
            _ => "U",
        };
}
