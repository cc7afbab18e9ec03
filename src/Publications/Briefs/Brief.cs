using Breakwater.Norms.Assessing;
using Breakwater.Norms.Packs;

namespace Breakwater.Publications.Briefs;

/// <summary>
/// What a law pack says of the facts of one incident, put for people to read: each finding is the reading of a named body, and each
/// sentence names what it was taken from.
/// </summary>
/// <param name="Notices">What a reader must know before anything else.</param>
/// <param name="Findings">Every rule under every reading queried, by rule in pack order.</param>
public sealed record Brief(
    string Language,
    string Incident,
    Word Title,
    BriefVersions Versions,
    IReadOnlyList<ReadingQueried> Readings,
    IReadOnlyList<FactTold> Facts,
    IReadOnlyList<SourceTold> Sources,
    IReadOnlyList<FindingTold> Findings,
    IReadOnlyList<Sentence> Notices,
    IReadOnlyList<BriefSection> Sections
);

/// <summary>Which law, which facts, which days: what it takes to make the same brief again.</summary>
public sealed record BriefVersions(
    string Pack,
    string Version,
    string RecordedAt,
    PackStatus Status,
    IReadOnlyList<string> Reviewers,
    string PackHash,
    IReadOnlyList<string> Unsealed,
    string FactsHash,
    string? LawAsOf,
    string? KnownAsOf,
    string? Conduct,
    bool IsClosed
);

/// <summary>A body or line of authority whose reading was asked for.</summary>
public sealed record ReadingQueried(string Profile, Word Body);

/// <summary>A fact with the short name that sentences point to it by.</summary>
public sealed record FactTold(string Tag, string Fact);

/// <summary>A citation with the short name that sentences point to it by.</summary>
/// <param name="Rules">Rules that rest on it, in the order told.</param>
/// <param name="IsChecked">A lawyer has read the place that is cited, for every one of these rules.</param>
public sealed record SourceTold(
    string Tag,
    string Cite,
    IReadOnlyList<string> Rules,
    bool IsChecked
);

/// <summary>INV-18: whose finding it is, what it rests on, how that body reads the rule, and where to contest it.</summary>
/// <param name="OwnReadings">Terms, or <c>breach</c>, that the body reads otherwise than the default does.</param>
/// <param name="Contest">Relative address.</param>
public sealed record FindingTold(
    string Rule,
    string Profile,
    Outcome Outcome,
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> OwnReadings,
    IReadOnlyList<string> OpenDefences,
    string Contest
);

/// <param name="Key">Stands in the language tables as <c>brief.section.KEY</c>.</param>
public sealed record BriefSection(string Key, IReadOnlyList<BriefBlock> Blocks);

public abstract record BriefBlock;

/// <param name="Anchor">What markers link to; empty when nothing does.</param>
public sealed record Titled(string Anchor, Word Text, int Level) : BriefBlock;

/// <param name="About">The rule whose finding it belongs to; markers do not repeat it.</param>
public sealed record Sentence(string Id, Word Text, Trace Trace, Tone Tone, string? About = null)
    : BriefBlock;

/// <summary>Sentences that stand under each other.</summary>
public sealed record Points(IReadOnlyList<Sentence> Sentences) : BriefBlock;

public sealed record Grid(Word Title, IReadOnlyList<Word> Columns, IReadOnlyList<GridRow> Rows)
    : BriefBlock;

public sealed record GridRow(string Id, string Anchor, IReadOnlyList<Word> Cells, Trace Trace);

/// <summary>Where the findings on one rule can be contested, one address for each reading.</summary>
public sealed record Contests(string Rule, IReadOnlyList<ContestTold> Readings) : BriefBlock;

/// <param name="Address">Relative.</param>
public sealed record ContestTold(string Profile, string Address);

public enum TraceKind
{
    Rule,
    Profile,
    Fact,
    Gap,
    Source,

    /// <summary>Something that the pack says of itself, or of its words.</summary>
    Pack,

    /// <summary>What was asked for: a day, burden closure, an incident.</summary>
    Asked,

    /// <summary>What holds for every brief.</summary>
    Notice,
}

public readonly record struct TraceMark(TraceKind Kind, string Id);

/// <summary>What a sentence was taken from, sorted by kind and id.</summary>
public sealed record Trace(IReadOnlyList<TraceMark> Marks)
{
    public static Trace Of(params IEnumerable<TraceMark>[] marks) =>
        new([
            .. marks
                .SelectMany(some => some)
                .Distinct()
                .OrderBy(mark => mark.Kind)
                .ThenBy(mark => mark.Id.Length)
                .ThenBy(mark => mark.Id, StringComparer.Ordinal),
        ]);

    internal static IEnumerable<TraceMark> Rules(params IEnumerable<string> ids) =>
        Marked(TraceKind.Rule, ids);

    internal static IEnumerable<TraceMark> Profiles(params IEnumerable<string> ids) =>
        Marked(TraceKind.Profile, ids);

    internal static IEnumerable<TraceMark> Facts(params IEnumerable<string> ids) =>
        Marked(TraceKind.Fact, ids);

    internal static IEnumerable<TraceMark> Gaps(params IEnumerable<string> ids) =>
        Marked(TraceKind.Gap, ids);

    internal static IEnumerable<TraceMark> Sources(params IEnumerable<string> ids) =>
        Marked(TraceKind.Source, ids);

    internal static IEnumerable<TraceMark> Pack(params IEnumerable<string> ids) =>
        Marked(TraceKind.Pack, ids);

    internal static IEnumerable<TraceMark> Asked(params IEnumerable<string> ids) =>
        Marked(TraceKind.Asked, ids);

    internal static IEnumerable<TraceMark> Notice(params IEnumerable<string> ids) =>
        Marked(TraceKind.Notice, ids);

    private static IEnumerable<TraceMark> Marked(TraceKind kind, IEnumerable<string> ids) =>
        ids.Select(id => new TraceMark(kind, id));
}
