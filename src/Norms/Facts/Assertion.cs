using Breakwater.Norms.Packs;
using NodaTime;

namespace Breakwater.Norms.Facts;

/// <summary>What one source says about one fact.</summary>
/// <param name="Value">Null: the source does not know.</param>
/// <param name="Source">Who says so: a source, a role, a case file; never a person's name.</param>
/// <param name="Confidence">0 to 1; null when the source gave none.</param>
/// <param name="Evidence">Ids or hashes of what it rests on.</param>
/// <param name="Assessor">The role that assessed an evaluative fact.</param>
/// <param name="Recorded">When it became known; null: before everything.</param>
/// <param name="Valid">When it was so in the world; open when nobody said.</param>
public sealed record Assertion(
    string Fact,
    bool? Value,
    string Source,
    double? Confidence,
    IReadOnlyList<string> Evidence,
    string? Assessor,
    PartialDate? Recorded,
    Packs.Period Valid
);

/// <summary>The conduct that facts are about: a day, or the first and last day.</summary>
/// <param name="Last">Null: it lasts, or the last day is not known.</param>
public sealed record Conduct(string Text, PartialDate? First, PartialDate? Last)
{
    /// <summary>
    /// <c>2017-09-05/2017-09-21</c>, one date, <c>2024-02-02/..</c> or <c>undated</c>; null when the text is none of these.
    /// </summary>
    public static Conduct? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "undated")
        {
            return new Conduct(text, null, null);
        }

        string[] ends = text.Split('/');
        if (ends.Length > 2)
        {
            return null;
        }

        PartialDate? first = PartialDate.Parse(ends[0]);
        PartialDate? last = ends.Length == 1 ? first : PartialDate.Parse(ends[1]);
        return
            (first is null && ends[0] != "..")
            || (last is null && ends[^1] != "..")
            || (first is null && last is null)
            || (first is not null && last is not null && last.Last < first.First)
            ? null
            : new Conduct(text, first, last);
    }

    public LocalDate? LastDay => Last?.Last;
}

/// <summary>What is supplied about one incident.</summary>
/// <param name="Id">Of the incident; empty when nobody named it.</param>
/// <param name="IsClosed">The State or operator was heard, or defaulted, and did not discharge its burden.</param>
/// <param name="Profile">The reading that is asked for; null: all.</param>
public sealed record FactSheet(
    string Id,
    string Name,
    Conduct? Conduct,
    bool IsClosed,
    string? Profile,
    IReadOnlyList<Assertion> Assertions
);
