using System.Text.Json.Serialization;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Disruptions.Matching;

/// <summary>One event of a list, ours or somebody else's, as far as matching by place and time needs it.</summary>
public sealed record ListedEvent
{
    public required string Id { get; init; }

    /// <summary>Null where the list uses a word that is no kind of the glossary.</summary>
    public DisruptionKind? Kind { get; init; }

    public required Place Place { get; init; }

    /// <summary>More places of the same event, such as the districts that one order names.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Place>? FurtherPlaces { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Network { get; init; }

    /// <summary>A list that gives days only has a range of a whole day here.</summary>
    public required InstantRange Start { get; init; }

    /// <summary>Null while it lasts, or when nobody says: <see cref="IsLasting"/> tells which.</summary>
    public InstantRange? End { get; init; }

    /// <summary>True when no end is a statement (it lasted at the last look, or at the time of writing), false when nobody says.</summary>
    public bool IsLasting { get; init; }

    /// <summary>Until when anybody looked, for one that lasts; null when that is not known.</summary>
    public Instant? KnownUntil { get; init; }

    /// <summary>Null for lists that give none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Confidence? Confidence { get; init; }

    /// <summary>True when nothing measured stands behind it: matching it with a list would match the list with itself.</summary>
    public bool RestsOnClaims { get; init; }

    /// <summary>Where a person finds it: the list and its line, or the words of the source.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reference { get; init; }

    internal IEnumerable<Place> Places => [Place, .. FurtherPlaces ?? []];

    /// <summary>The latest moment at which it may still have been going on.</summary>
    internal Instant MayEnd(MatchRules rules) =>
        End?.Latest
        ?? (
            !IsLasting ? Start.Latest
            : Confidence is not null ? KnownUntil ?? Instant.MaxValue
            : Start.Latest + rules.OngoingMax
        );

    public static ListedEvent Of(Disruption disruption)
    {
        ArgumentNullException.ThrowIfNull(disruption);
        return new ListedEvent
        {
            Id = disruption.Id,
            Kind = disruption.Kind,
            Place = disruption.Place,
            Network = disruption.Network,
            Start = disruption.Onset,
            End = disruption.End,
            IsLasting = disruption.End is null,
            KnownUntil = disruption.SeenUntil,
            Confidence = disruption.Confidence,
            RestsOnClaims =
                disruption.Sources.Count > 0
                && disruption.Sources.All(source => source.Family == SignalFamily.Context),
        };
    }

    /// <summary>Null when the claim says nothing of when it began: there is nothing to match by.</summary>
    public static ListedEvent? Of(ClaimSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        Evidence? raw = signal.Evidence.Count > 0 ? signal.Evidence[0] : null;
        return signal.Claim.Start is not { } start
            ? null
            : new ListedEvent
            {
                Id = signal.Id,
                Kind = KindOf(signal.Claim.What),
                Place = signal.Place,
                FurtherPlaces = signal.FurtherPlaces,
                IsLasting = signal.Claim is { End: null, IsOngoing: true },
                Network = signal.Network,
                Start = start,
                End = signal.Claim.End,
                Reference = raw is null
                    ? signal.Source
                    : $"{raw.File}{(raw.Rows is null ? "" : $" line {raw.Rows}")}",
            };
    }

    /// <summary>The kind that a list's word stands for; null when it is none of ours.</summary>
    public static DisruptionKind? KindOf(string? word) =>
        Enum.TryParse(
            (word ?? "")
                .Replace("-", "", StringComparison.Ordinal)
                .Replace(" ", "", StringComparison.Ordinal),
            ignoreCase: true,
            out DisruptionKind kind
        ) && Enum.IsDefined(kind)
            ? kind
            : null;
}

/// <summary>A list of events with what it can speak of. Outside of that, an event of ours is neither right nor wrong.</summary>
/// <param name="Period">When the events of the list begin; null takes the first and the last start that it has.</param>
/// <param name="IsOfEveryPlace">True when a country that the list never names had no event, by its own account.</param>
public sealed record EventList(
    IReadOnlyList<ListedEvent> Events,
    TimeWindow? Period = null,
    bool IsOfEveryPlace = false
);

/// <summary>A stretch in which one feed of ours could see a place. Events elsewhere, or at other times, could not be found.</summary>
public sealed record Watched(Place Place, string? Network, string Feed, Instant From, Instant To)
{
    /// <summary>From the first to the last sample of each series, gaps included: those are among the blind stretches.</summary>
    public static IReadOnlyList<Watched> Of(IReadOnlyList<Signal> signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        return
        [
            .. signals
                .OfType<SeriesSignal>()
                .Where(series => series.Samples.Count > 0)
                .Select(series => new Watched(
                    series.Place,
                    series.Network,
                    series.Source,
                    series.Samples[0].At,
                    series.Samples[^1].At + series.Step
                ))
                .Distinct()
                .OrderBy(watched => watched.Place.Key, StringComparer.Ordinal)
                .ThenBy(watched => watched.Network, StringComparer.Ordinal)
                .ThenBy(watched => watched.Feed, StringComparer.Ordinal)
                .ThenBy(watched => watched.From),
        ];
    }
}
