using System.Text.Json;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions.Kinds;

/// <summary>Tags of one group rest on the same facts, so they are clamped together and never vote many times.</summary>
public enum KindGroup
{
    /// <summary>How it looks: onset, end, depth, routes, hours, extent.</summary>
    Signature,

    /// <summary>What the calendar says: exams, votes, protests, curfews, orders.</summary>
    Calendar,

    /// <summary>What happens in other countries at the same time.</summary>
    Neighbours,

    /// <summary>Power, cables, disasters, hostilities, works.</summary>
    PowerAndCable,

    /// <summary>What others say it is.</summary>
    Claims,
}

/// <summary>A number and where it comes from.</summary>
public sealed record KindNumber(double Value, string From);

/// <summary>What one tag weighs for each kind, in log-odds; below zero speaks against it.</summary>
/// <param name="Feature">Tags of one feature exclude each other: an onset is at once or in stages.</param>
/// <param name="First">First values, not fitted.</param>
/// <param name="Counts">
/// By kind: in how many events the tag was present, and in how many its feature could be judged. Weights follow from them.
/// </param>
public sealed record KindTag(
    string Tag,
    string Feature,
    KindGroup Group,
    IReadOnlyDictionary<DisruptionKind, double>? First = null,
    IReadOnlyDictionary<DisruptionKind, IReadOnlyList<double>>? Counts = null
);

/// <summary>What a stated circumstance weighs, and how far in time it reaches.</summary>
/// <param name="LeadHours">How long before its stated start a loss may begin, because statements come late.</param>
/// <param name="OpenHours">How long it is taken to last when no end is stated, or when the loss must begin near its start.</param>
/// <param name="DelayHours">How long after its end a loss may begin.</param>
/// <param name="NearStart">The loss must begin near the start: a cable under repair for weeks does not explain the third week.</param>
/// <param name="IsDirect">It names the kind itself, so the kind may exceed the cap for indirect reasons.</param>
public sealed record KindCircumstance(
    Circumstance Circumstance,
    KindGroup Group,
    double LeadHours,
    double OpenHours,
    double DelayHours,
    bool NearStart,
    bool IsDirect,
    IReadOnlyDictionary<DisruptionKind, double> Weights,
    string From
);

/// <summary>What claims weigh, and the words by which outside sources name a kind.</summary>
/// <param name="Direct">The claim names the kind.</param>
/// <param name="Cause">The claim names a cause from which the kind follows.</param>
/// <param name="Further">Share of the weight that each further source adds.</param>
/// <param name="Disagree">For every claimed kind when claims name several.</param>
public sealed record KindClaims(
    double Direct,
    double Cause,
    double Further,
    double Disagree,
    string From,
    IReadOnlyDictionary<DisruptionKind, IReadOnlyList<string>> Words
);

/// <summary>All numbers of weighing kinds in one versioned file, each with its source.</summary>
public sealed record KindProfile
{
    public required string Name { get; init; }
    public required int Version { get; init; }

    /// <summary>Where the counts of tags come from.</summary>
    public required string CountsFrom { get; init; }

    /// <summary>Events with which every rate is mixed, at the mean rate of the kinds: few events move little.</summary>
    public required KindNumber CountSmoothing { get; init; }

    /// <summary>Mass of a kind against an unknown mass of 1, times (odds - 1).</summary>
    public required KindNumber BaseMass { get; init; }
    public required KindNumber UnknownFloor { get; init; }

    /// <summary>Most for a kind that no claim and no circumstance names.</summary>
    public required KindNumber IndirectCap { get; init; }

    /// <summary>Weights closer to zero count as none.</summary>
    public required KindNumber LeastWeight { get; init; }
    public required IReadOnlyDictionary<KindGroup, KindNumber> Clamps { get; init; }

    /// <summary>A circumstance of a narrower place, or one that is modelled and not reported, counts by this share.</summary>
    public required KindNumber PartialShare { get; init; }

    /// <summary>Onsets this close count as one moment.</summary>
    public required KindNumber AtOnceMinutes { get; init; }
    public required KindNumber StagedHours { get; init; }
    public required KindNumber SlowReturnHours { get; init; }

    /// <summary>Areas that fall over at least this long fall one after another.</summary>
    public required KindNumber AreasOverHours { get; init; }
    public required KindNumber AreasWithinHours { get; init; }
    public required KindNumber PartialDropLow { get; init; }
    public required KindNumber PartialDropHigh { get; init; }
    public required KindNumber LevelShare { get; init; }
    public required KindNumber LevelHours { get; init; }
    public required KindNumber DarkDrop { get; init; }
    public required KindNumber StaysDarkHours { get; init; }
    public required KindNumber MostOfPlaceDrop { get; init; }

    /// <summary>An onset range wider than this cannot tell a round half-hour from chance.</summary>
    public required KindNumber MarkMinutes { get; init; }
    public required KindNumber MidnightMinutes { get; init; }
    public required KindNumber RecurrenceDays { get; init; }
    public required KindNumber RecurrenceMinutes { get; init; }
    public required KindNumber RecurrenceDaysLeast { get; init; }
    public required KindNumber OthersWithinMinutes { get; init; }
    public required KindNumber OneFeedCountries { get; init; }
    public required IReadOnlyList<KindTag> Tags { get; init; }
    public required IReadOnlyList<KindCircumstance> Circumstances { get; init; }
    public required KindClaims Claims { get; init; }

    /// <summary>The kinds that are weighed. Hijacks and leaks are what routes show, and not a matter of likelihood here.</summary>
    public static IReadOnlyList<DisruptionKind> Weighed { get; } =
    [
        DisruptionKind.Outage,
        DisruptionKind.Shutdown,
        DisruptionKind.Throttling,
        DisruptionKind.CableCut,
        DisruptionKind.Destruction,
        DisruptionKind.PowerLoss,
        DisruptionKind.RegistryFailure,
    ];

    public static KindProfile Default { get; } = ReadDefault();

    /// <summary>Reads a profile, refusing unknown or missing members.</summary>
    /// <exception cref="JsonException">The message names the member at fault.</exception>
    public static KindProfile Read(ReadOnlySpan<byte> json)
    {
        KindProfile profile =
            JsonSerializer.Deserialize<KindProfile>(json, Json.Compact)
            ?? throw new JsonException("the profile is null");
        return profile.Faults().FirstOrDefault() is { } fault
            ? throw new JsonException(fault)
            : profile;
    }

    /// <summary>Weights of every tag by kind, from its first values and its counts.</summary>
    public IReadOnlyDictionary<string, KindWeights> TagWeights() =>
        Tags.ToDictionary(tag => tag.Tag, tag => KindWeights.Of(tag, this), StringComparer.Ordinal);

    private IEnumerable<string> Faults()
    {
        foreach (KindGroup group in Enum.GetValues<KindGroup>())
        {
            if (!Clamps.TryGetValue(group, out KindNumber? clamp) || clamp.Value <= 0)
            {
                yield return $"clamps.{group} is missing or not above zero";
            }
        }

        if (
            BaseMass.Value <= 0
            || UnknownFloor.Value is < 0 or >= 1
            || IndirectCap.Value is <= 0 or > 1
            || CountSmoothing.Value <= 0
        )
        {
            yield return "baseMass and countSmoothing must be above zero, unknownFloor and indirectCap must lie between 0 and 1";
        }

        if (Tags.Select(tag => tag.Tag).Distinct(StringComparer.Ordinal).Count() != Tags.Count)
        {
            yield return "a tag stands twice in tags";
        }

        foreach (KindTag tag in Tags)
        {
            if (
                tag.Counts?.Values.Any(count =>
                    count.Count != 2 || count[0] < 0 || count[0] > count[1]
                ) == true
            )
            {
                yield return $"tags.{tag.Tag}.counts must be [present, judged]";
            }
        }
    }

    private static KindProfile ReadDefault()
    {
        using Stream stream = typeof(KindProfile).Assembly.GetManifestResourceStream(
            "Breakwater.Disruptions.Profiles.kinds.json"
        )!;
        using var octets = new MemoryStream();
        stream.CopyTo(octets);
        return Read(octets.ToArray());
    }
}
