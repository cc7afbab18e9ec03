namespace Breakwater.Norms.Assessing;

/// <summary>
/// What a rule comes to on given facts under one reading: prima facie, and never a verdict. In international criminal law
/// <see cref="Violated"/> says that the material elements are made out on the facts supplied.
/// </summary>
public enum Outcome : byte
{
    Undetermined = 0,
    Violated,
    Met,
    NotApplicable,
    Holds,
    DoesNotHold,
    Admissible,
    Inadmissible,

    /// <summary>Younger than the conduct: a report and no outcome.</summary>
    NotInForce,

    /// <summary>Not yet stated in this form on the day asked for: a report and no outcome.</summary>
    NotYetStated,
}

public static class Outcomes
{
    private static readonly string[] _words =
    [
        "undetermined",
        "violated",
        "met",
        "not_applicable",
        "holds",
        "does_not_hold",
        "admissible",
        "inadmissible",
        "not_in_force",
        "not_yet_stated",
    ];

    /// <summary>As findings and case files write it.</summary>
    public static string Word(this Outcome outcome) => _words[(int)outcome];

    public static IReadOnlyList<string> Words => _words;

    /// <summary>Null for a word that is none.</summary>
    public static Outcome? Parse(string word)
    {
        int at = Array.IndexOf(_words, word);
        return at < 0 ? null : (Outcome)at;
    }

    public static bool IsDeterminate(this Outcome outcome) =>
        outcome is not (Outcome.Undetermined or Outcome.NotInForce or Outcome.NotYetStated);

    /// <summary>A report stands in place of an outcome and enters no spread and no score.</summary>
    public static bool IsReport(this Outcome outcome) =>
        outcome is Outcome.NotInForce or Outcome.NotYetStated;
}
