using Breakwater.Norms.Expressions;
using NodaTime;

namespace Breakwater.Norms.Packs;

/// <summary>A body of law as data: rules with their sources, readings of named bodies, a vocabulary of facts, known gaps.</summary>
public sealed record LawPack
{
    public required string Id { get; init; }

    public required string Version { get; init; }

    /// <summary>When this version was written down; it says nothing about the law.</summary>
    public required PartialDate RecordedAt { get; init; }

    /// <summary><c>draft</c> until two independent lawyers have reviewed every rule.</summary>
    public required PackStatus Status { get; init; }

    public required string Licence { get; init; }

    public required IReadOnlyList<string> Reviewers { get; init; }

    /// <summary>The first is the reading by default; every other one has its own entries.</summary>
    public required IReadOnlyList<Profile> Profiles { get; init; }

    public required IReadOnlyList<Instrument> Instruments { get; init; }

    public required IReadOnlyList<FactTerm> Facts { get; init; }

    public required IReadOnlyList<DerivedTerm> Derived { get; init; }

    /// <summary>In the order in which findings are printed.</summary>
    public required IReadOnlyList<Rule> Rules { get; init; }

    public required IReadOnlyList<Gap> Gaps { get; init; }

    public required IReadOnlyList<Relation> Relations { get; init; }

    /// <summary>Rules of a treaty that a State may derogate from.</summary>
    public IReadOnlyList<string> Derogable { get; init; } = [];

    /// <summary><c>sha256:</c> over the canonical JSON of the files and their hashes.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Files that are not as the manifest has them; empty when the pack is sealed.</summary>
    public IReadOnlyList<string> Unsealed { get; init; } = [];

    public const string Baseline = "baseline";

    /// <summary>
    /// What the pack had recorded by a day. Terms stay: they are read by the rules that stay, and only their readings may be younger.
    /// </summary>
    public LawPack KnownBy(LocalDate day)
    {
        HashSet<string> bodies =
        [
            .. Profiles.Where(one => one.Recorded.Holds(day)).Select(one => one.Id),
        ];
        return this with
        {
            Profiles = [.. Profiles.Where(one => bodies.Contains(one.Id))],
            Derived = [.. Derived.Select(one => one with { Stances = Known(one.Stances) })],
            Rules =
            [
                .. Rules
                    .Where(one => one.Recorded.Holds(day))
                    .Select(one => one with { Stances = Known(one.Stances) }),
            ],
            Gaps = [.. Gaps.Where(one => one.Recorded.Holds(day))],
        };

        IReadOnlyList<Stance> Known(IReadOnlyList<Stance> stances) =>
            [.. stances.Where(one => one.Recorded.Holds(day) && bodies.Contains(one.Profile))];
    }

    public Rule? RuleOf(string id) => Rules.FirstOrDefault(rule => rule.Id == id);

    public FactTerm? FactOf(string id) => Facts.FirstOrDefault(fact => fact.Id == id);
}

public enum PackStatus
{
    Draft,
    Reviewed,
}

/// <summary>Where in a pack something stands, for whoever has to mend it.</summary>
public sealed record PackLine(string File, int Line);

/// <summary>An expression with the text and the place that it was read from.</summary>
public sealed record Clause(Expression Expression, PackLine At)
{
    public override string ToString() => Expression.ToString();
}

/// <summary>The reading of a named body or line of authority. Profiles are not votes.</summary>
public sealed record Profile(string Id, string Body, Period Valid, Period Recorded, PackLine At);

/// <summary>What a rule rests on, with its date.</summary>
public sealed record Instrument(
    string Id,
    PartialDate Date,
    string Event,
    string Name,
    PackLine At
);

/// <summary>How a body reads a term or a breach, since when.</summary>
/// <param name="Recorded">When the pack knew it; always, where it came with its rule or term.</param>
public sealed record Stance(string Profile, PartialDate From, Period Recorded, Clause Clause);

/// <summary>A term computed from facts; it is never supplied.</summary>
public sealed record DerivedTerm(
    string Id,
    Clause Clause,
    IReadOnlyList<Stance> Stances,
    Period Recorded,
    PackLine At
);

/// <summary>Where law is silent, or where it disagrees.</summary>
public enum GapKind
{
    Silence,
    Divergence,
}

/// <param name="When">On which facts the silence is felt; null: it is only reached through its rules.</param>
public sealed record Gap(
    string Id,
    GapKind Kind,
    string Text,
    IReadOnlyList<string> Rules,
    Clause? When,
    Period Recorded,
    PackLine At
);

public enum RelationType
{
    /// <summary>One standard governs alone.</summary>
    Displaces,

    /// <summary>One gives content to the other.</summary>
    Informs,

    /// <summary>Both apply.</summary>
    Complements,

    /// <summary>A power does not excuse another breach.</summary>
    PermitsNotJustifies,

    /// <summary>No duty found.</summary>
    Silent,
}

/// <param name="IsConflict">What <c>From</c> permits, <c>To</c> may forbid, on the same facts.</param>
/// <param name="Principle">By which some prefer <c>From</c>: lex-specialis, lex-superior, lex-posterior; null when nobody does.</param>
public sealed record Relation(
    string From,
    string To,
    RelationType Type,
    bool IsConflict,
    string? Principle,
    string Source,
    PackLine At
);
