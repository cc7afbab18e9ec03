using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Disruptions;

/// <summary>
/// All numbers of detection in one versioned file. Weights are log-odds; those of the default profile are first values
/// from published practice (Cloudflare Radar's signed tags, IODA's thresholds), not yet fitted to labelled events.
/// </summary>
public sealed record DetectorProfile
{
    public required string Name { get; init; }
    public required int Version { get; init; }

    /// <summary>For families that state none of their own.</summary>
    public required BaselineProfile Baseline { get; init; }
    public required int OpenSamples { get; init; }
    public required int CloseSamples { get; init; }

    /// <summary>A loss closes below this share of the drop that opens it (hysteresis).</summary>
    public required double CloseShareOfOpen { get; init; }

    /// <summary>From this drop a source of access is dark, and samples are no level that a service is throttled to.</summary>
    public required double DarkDropShare { get; init; }

    /// <summary>A lively series is frozen once this many samples repeat one value.</summary>
    public required int FrozenAfterSamples { get; init; }

    /// <summary>A series is lively when at least this share of its samples differs from the one before.</summary>
    public required double LivelyShare { get; init; }

    /// <summary>A drop of this many deviations of the lower tail has no weight yet.</summary>
    public required double DoubtfulDeviations { get; init; }

    /// <summary>A drop of this many deviations of the lower tail has its whole weight.</summary>
    public required double CertainDeviations { get; init; }

    /// <summary>From this many days of history a drop has its whole weight.</summary>
    public required double FullHistoryDays { get; init; }

    /// <summary>The share of its weight that a drop would have with no history at all.</summary>
    public required double ShortHistoryShare { get; init; }

    /// <summary>From this drop a loss has its whole weight however short the history is; from <see cref="DarkDropShare"/> it gains.</summary>
    public required double PlainDropShare { get; init; }
    public required ShiftProfile Shifts { get; init; }
    public required double StaleAfterDays { get; init; }

    /// <summary>After this many steps without a sample a feed is blind; until then its last word fades.</summary>
    public required double BlindAfterSteps { get; init; }
    public required double ReportHoldHours { get; init; }

    /// <summary>More reports than this from one hand about one place within the hold are a flood.</summary>
    public required int FloodReports { get; init; }

    /// <summary>More reports than this from one hand about all places within the hold are a flood.</summary>
    public required int FloodReportsInAll { get; init; }

    /// <summary>Reports from one hand about more places than this within the hold are a flood.</summary>
    public required int FloodPlaces { get; init; }

    /// <summary>What all reports of a flooding hand together weigh.</summary>
    public required double FloodWeight { get; init; }
    public required double PriorProbability { get; init; }

    /// <summary>No family moves the log-odds by more than this, so five tags of one family do not vote five times.</summary>
    public required double FamilyClamp { get; init; }

    /// <summary>Sources of one family depend on each other: beside the heaviest, each counts by this share.</summary>
    public required double DependenceShare { get; init; }

    /// <summary>Weight of a healthy family that sees nothing wrong.</summary>
    public required double NormalWeight { get; init; }

    /// <summary>A fall that could be a change of scale of the feed counts by this share while nobody else sees a loss.</summary>
    public required double ScaleWeightShare { get; init; }

    /// <summary>Fused probability from which a disruption is reported.</summary>
    public required double OpenAt { get; init; }

    /// <summary>A dark and certain loss that other families contradict is told when it lasts for so long.</summary>
    public required double ContradictionHours { get; init; }

    /// <summary>A source of at least this weight keeps a disruption open while it still sees the loss.</summary>
    public required double LeadingWeight { get; init; }

    /// <summary>True for a shift of level too small to lead: such shifts come by themselves, and only one that began near a loss says anything of it.</summary>
    internal bool IsSmallShift(Loss loss) =>
        loss.IsShift && Shifts.WeightOf(loss.DeepestDropShare) < LeadingWeight;

    public required double MergeHours { get; init; }
    public required double SingleFamilyCap { get; init; }
    public required double ConfirmAt { get; init; }

    /// <summary>No fusion of a handful of sources supports more than this.</summary>
    public required double ConfidenceCap { get; init; }
    public required double AgreesAtLostShare { get; init; }
    public required double ClaimWeight { get; init; }
    public required double ClaimToleranceDays { get; init; }
    public required double ReportWeight { get; init; }
    public required double CorroboratedReportWeight { get; init; }

    /// <summary>A feed that loses this share of its countries at once, of at least the number below, has failed itself.</summary>
    public required double FeedFaultShare { get; init; }
    public required int FeedFaultCountries { get; init; }

    /// <summary>A country is judged by the mean of its areas when there are at least this many and no series of its own.</summary>
    public required int AreasMinimum { get; init; }
    public required IReadOnlyDictionary<string, FamilyProfile> Families { get; init; }

    public static DetectorProfile Default { get; } = Bundled("default")!;

    /// <summary>The names of the profiles that come with Breakwater.</summary>
    public static IReadOnlyList<string> Names { get; } = ["default", "ioda"];

    /// <summary>A profile that comes with Breakwater; null when none has the name.</summary>
    public static DetectorProfile? Bundled(string name)
    {
        using Stream? stream = typeof(DetectorProfile).Assembly.GetManifestResourceStream(
            $"Breakwater.Disruptions.Profiles.{name}.json"
        );
        if (stream is null)
        {
            return null;
        }

        using var octets = new MemoryStream();
        stream.CopyTo(octets);
        return Read(octets.ToArray());
    }

    /// <summary>Reads a profile, refusing unknown or missing members.</summary>
    /// <exception cref="JsonException">The message names the member at fault.</exception>
    public static DetectorProfile Read(ReadOnlySpan<byte> json)
    {
        DetectorProfile profile =
            JsonSerializer.Deserialize<DetectorProfile>(json, Json.Compact)
            ?? throw new JsonException("the profile is null");
        return profile.Faults().FirstOrDefault() is { } fault
            ? throw new JsonException(fault)
            : profile;
    }

    public FamilyProfile Of(SignalFamily family) =>
        Families.TryGetValue(NameOf(family), out FamilyProfile? profile)
            ? profile
            : Families["probing"];

    /// <summary>The most that anything can lift the confidence of a disruption to.</summary>
    internal double CapOf(Disruption disruption) =>
        disruption.IndependentFamilies is <= 1 ? SingleFamilyCap : ConfidenceCap;

    internal LossRules For(SignalFamily family)
    {
        FamilyProfile of = Of(family);
        return new LossRules(
            of.Baseline ?? Baseline,
            of.OpenDropShare,
            DarkDropShare,
            CloseShareOfOpen,
            OpenSamples,
            CloseSamples,
            FrozenAfterSamples,
            LivelyShare,
            DoubtfulDeviations,
            CertainDeviations,
            FullHistoryDays,
            ShortHistoryShare,
            PlainDropShare
        );
    }

    private static string NameOf(SignalFamily family) =>
        family switch
        {
            SignalFamily.Routing => "routing",
            SignalFamily.Probing => "probing",
            SignalFamily.Telescope => "telescope",
            SignalFamily.Application => "application",
            _ => "",
        };

    private IEnumerable<string> Faults()
    {
        foreach (
            BaselineProfile baseline in Families
                .Values.Select(family => family.Baseline)
                .OfType<BaselineProfile>()
                .Prepend(Baseline)
        )
        {
            if (baseline.Fault() is { } fault)
            {
                yield return fault;
            }
        }

        if (OpenSamples < 1 || CloseSamples < 1 || FrozenAfterSamples is < 2 or > 31)
        {
            yield return "openSamples and closeSamples must be above zero, frozenAfterSamples from 2 to 31";
        }

        if (DoubtfulDeviations < 0 || CertainDeviations <= DoubtfulDeviations)
        {
            yield return "doubtfulDeviations must not be below 0, certainDeviations above it";
        }

        if (PlainDropShare <= DarkDropShare)
        {
            yield return "plainDropShare must be above darkDropShare";
        }

        if (PriorProbability is <= 0 or >= 1 || OpenAt is <= 0 or >= 1)
        {
            yield return "priorProbability and openAt must lie between 0 and 1";
        }

        if (ScaleWeightShare is < 0 or > 1)
        {
            yield return "scaleWeightShare must lie between 0 and 1";
        }

        if (Shifts.Fault() is { } shift)
        {
            yield return shift;
        }

        if (
            BlindAfterSteps <= 1
            || ReportHoldHours <= 0
            || AreasMinimum < 2
            || ContradictionHours <= 0
        )
        {
            yield return "blindAfterSteps must be above 1, reportHoldHours and contradictionHours above zero, areasMinimum 2 or more";
        }

        if (FloodReports < 1 || FloodReportsInAll < 1 || FloodPlaces < 1)
        {
            yield return "floodReports, floodReportsInAll and floodPlaces must be above zero";
        }

        foreach (string family in (string[])["routing", "probing", "telescope", "application"])
        {
            if (
                !Families.TryGetValue(family, out FamilyProfile? profile)
                || profile.Weights.Count == 0
            )
            {
                yield return $"families.{family} is missing or has no weights";
            }
            else if (profile.OpenDropShare is <= 0 or > 1)
            {
                yield return $"families.{family}.openDropShare must lie between 0 and 1";
            }
        }
    }
}

/// <summary>How one family of sources opens a loss, and what a loss of a given depth weighs.</summary>
/// <param name="MaterialDropShare">Below this a source is said to disagree with a deep loss that others see.</param>
/// <param name="Weights">Points of a line: weight by drop share, straight between points.</param>
/// <param name="Baseline">Null takes that of the profile.</param>
public sealed record FamilyProfile(
    double OpenDropShare,
    double MaterialDropShare,
    string Tag,
    IReadOnlyList<DropWeight> Weights,
    BaselineProfile? Baseline = null
)
{
    public double WeightOf(double dropShare) => DropWeight.Along(Weights, dropShare);
}

/// <summary>A point of a line from drop share to weight.</summary>
public sealed record DropWeight(double DropShare, double Weight)
{
    /// <summary>The weight of a drop: straight between points, level outside them.</summary>
    internal static double Along(IReadOnlyList<DropWeight> points, double dropShare)
    {
        DropWeight below = points[0];
        for (int i = 0; i < points.Count; i++)
        {
            DropWeight point = points[i];
            if (dropShare < point.DropShare)
            {
                double share =
                    point.DropShare <= below.DropShare
                        ? 0
                        : (dropShare - below.DropShare) / (point.DropShare - below.DropShare);
                return dropShare < below.DropShare
                    ? below.Weight
                    : below.Weight + (share * (point.Weight - below.Weight));
            }

            below = point;
        }

        return below.Weight;
    }
}

/// <summary>What a series is held against.</summary>
public sealed record BaselineProfile
{
    /// <summary>How far back the baseline looks.</summary>
    public required double Days { get; init; }

    /// <summary>The baseline of a moment is made of samples within this distance of its time of day; 12 takes all.</summary>
    public required double TimeOfDayHours { get; init; }

    /// <summary>How many weeks of the same weekday are looked at beside; 0 is none.</summary>
    public required int Weeks { get; init; }
    public required int MinimumSamples { get; init; }
    public required double MinimumHours { get; init; }

    /// <summary>A baseline below this share of what the series usually reaches supports no statement.</summary>
    public required double MinimumShareOfHigh { get; init; }

    /// <summary>The interval of the forecast: a drop counts only beyond this many robust standard deviations.</summary>
    public required double SpreadMultiple { get; init; }

    /// <summary>For how long samples inside a loss are replaced by what was expected; null is for as long as it lasts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ReplaceForDays { get; init; }

    internal string? Fault() =>
        Days is <= 0 or > 400 || Weeks is < 0 or > 52
            ? "baseline: days must lie between 0 and 400, weeks between 0 and 52"
        : TimeOfDayHours is < 0 or > 24 || SpreadMultiple < 0 || MinimumSamples < 2
            ? "baseline: timeOfDayHours must lie between 0 and 24, spreadMultiple not below 0, minimumSamples at least 2"
        : null;
}

/// <summary>When a lasting shift of level is reported, and what it weighs.</summary>
public sealed record ShiftProfile
{
    public required int ReferenceDays { get; init; }
    public required int ReferenceDaysMinimum { get; init; }

    /// <summary>The latest days are no reference: they may be part of a slow shift.</summary>
    public required int GuardDays { get; init; }

    /// <summary>A day speaks only with at least this share of the samples of the densest day.</summary>
    public required double DayCoverageShare { get; init; }

    /// <summary>Least relative deviation between days that is reckoned with.</summary>
    public required double DeviationMinimum { get; init; }

    /// <summary>Deviations that each day is forgiven (k of CUSUM).</summary>
    public required double Slack { get; init; }

    /// <summary>Sum of deviations that opens a shift (h of CUSUM).</summary>
    public required double Threshold { get; init; }
    public required int LookbackDays { get; init; }

    /// <summary>Low days in a row that open a shift; more than a weekend.</summary>
    public required int OpenDays { get; init; }
    public required double OpenDropShare { get; init; }
    public required double CloseShareOfOpen { get; init; }
    public required int CloseDays { get; init; }
    public required IReadOnlyList<DropWeight> Weights { get; init; }

    public double WeightOf(double dropShare) => DropWeight.Along(Weights, dropShare);

    internal string? Fault() =>
        ReferenceDays is < 1 or > 400 || GuardDays is < 0 or > 60 || LookbackDays is < 1 or > 400
            ? "shifts: referenceDays and lookbackDays must lie between 1 and 400, guardDays between 0 and 60"
        : DeviationMinimum <= 0 || Threshold <= 0 || CloseDays < 1 || Weights.Count == 0
            ? "shifts: deviationMinimum and threshold must be above 0, closeDays at least 1, weights not empty"
        : null;
}

/// <summary>The rules that one series is judged by.</summary>
internal sealed record LossRules(
    BaselineProfile Baseline,
    double OpenDropShare,
    double DeepDropShare,
    double CloseShareOfOpen,
    int OpenSamples,
    int CloseSamples,
    int FrozenAfterSamples,
    double LivelyShare,
    double DoubtfulDeviations,
    double CertainDeviations,
    double FullHistoryDays,
    double ShortHistoryShare,
    double PlainDropShare
);
