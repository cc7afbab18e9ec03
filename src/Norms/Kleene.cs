namespace Breakwater.Norms;

/// <summary>The value of a fact or an expression in strong Kleene logic. Unknown is not false.</summary>
public enum Kleene : byte
{
    Unknown = 0,
    True = 1,
    False = 2,
}
