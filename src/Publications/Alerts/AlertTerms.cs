using System.Text.Json;
using Breakwater.Disruptions;
using Breakwater.Vocabulary;

namespace Breakwater.Publications.Alerts;

/// <summary>How a disruption reads in the closed words of CAP 1.2: a table in <c>alert-terms.json</c>. What no line covers is Unknown.</summary>
internal sealed record AlertTerms(
    int ExpiresAfterHours,
    IReadOnlyList<TermRule> Certainty,
    IReadOnlyList<TermRule> Severity,
    IReadOnlyList<TermRule> Urgency,
    IReadOnlyDictionary<string, string> Categories
)
{
    private const string Unknown = "Unknown";

    public static AlertTerms Known { get; } = Read();

    public string CertaintyOf(Disruption disruption) =>
        First(Certainty, disruption, disruption.Confidence.Probability);

    /// <summary>Of the greatest loss that anybody saw; where nobody could tell how deep, Unknown.</summary>
    public string SeverityOf(Disruption disruption) =>
        disruption.Severity.Count == 0
            ? Unknown
            : First(Severity, disruption, disruption.Severity.Max(each => each.DropShare));

    /// <summary>While nobody can see whether it lasts, it is Unknown and not Past.</summary>
    public string UrgencyOf(Disruption disruption) =>
        disruption is { End: null, SeenUntil: not null } ? Unknown : First(Urgency, disruption, 0);

    public string CategoryOf(Disruption disruption) =>
        Categories.GetValueOrDefault(Checks.Word(disruption.Kind)) ?? "Other";

    private static string First(
        IReadOnlyList<TermRule> rules,
        Disruption disruption,
        double value
    ) => rules.FirstOrDefault(rule => rule.Holds(disruption, value))?.Is ?? Unknown;

    private static AlertTerms Read()
    {
        using Stream stream = typeof(AlertTerms).Assembly.GetManifestResourceStream(
            "alert-terms.json"
        )!;
        return JsonSerializer.Deserialize<AlertTerms>(stream, JsonSerializerOptions.Web)!;
    }
}

/// <param name="States">Null for any.</param>
/// <param name="Kinds">Null for any.</param>
internal sealed record TermRule(
    string Is,
    IReadOnlyList<string>? States = null,
    IReadOnlyList<string>? Kinds = null,
    double AtLeast = 0
)
{
    public bool Holds(Disruption disruption, double value) =>
        States?.Contains(Checks.Word(disruption.State)) != false
        && Kinds?.Contains(Checks.Word(disruption.Kind)) != false
        && value >= AtLeast;
}
