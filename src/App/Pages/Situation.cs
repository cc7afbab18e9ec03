using System.Text.Json.Serialization;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages;

/// <summary>The body of a recorded publication.</summary>
/// <param name="Of">Id of the publication that was released; null for what a walk gave.</param>
/// <param name="At">When that was.</param>
/// <param name="Html">The SHA-256 under which its HTML is among the evidence.</param>
internal sealed record ReportBody(
    string Form,
    string Language,
    string Title,
    Instant AsOf,
    Origin Origin,
    string Html,
    Publication Document,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Of = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Instant? At = null
)
{
    private const string ScenarioPrefix = "scenario:";
    private const string ResponsePrefix = "response/";

    /// <summary>Ids of the records that it was composed from.</summary>
    public IReadOnlySet<string> Inputs() =>
        Document.Traced().SelectMany(part => part.Inputs).ToHashSet(StringComparer.Ordinal);

    public string Scenario() =>
        Input(ScenarioPrefix)?[ScenarioPrefix.Length..] ?? Response ?? Title;

    /// <summary>The response that it tells of, <c>response/…</c>; null for a walk over a scenario.</summary>
    [JsonIgnore]
    public string? Response => Input(ResponsePrefix);

    private string? Input(string prefix) =>
        Document
            .Traced()
            .SelectMany(part => part.Inputs)
            .FirstOrDefault(input => input.StartsWith(prefix, StringComparison.Ordinal));
}

/// <summary>One walk as it was published: its reports in each language, and the disruptions and plans that they speak of.</summary>
internal sealed record Situation(
    long Sequence,
    IReadOnlyList<Recorded<ReportBody>> Reports,
    IReadOnlyList<Disruption> Disruptions,
    IReadOnlyList<Plan> Plans
)
{
    /// <summary>The report in the reader's language, else the first there is.</summary>
    public Recorded<ReportBody> Report(string language) =>
        Reports.FirstOrDefault(report => report.Body.Language == language) ?? Reports[0];

    /// <summary>True when the reports speak of the record, or when it is a part of them.</summary>
    public bool Tells(string id) =>
        Reports.Any(report =>
            report.Product.Id == id
            || report.Body.Document.Traced().Any(part => part.Id == id || part.Inputs.Contains(id))
        );

    /// <summary>The newest situation that a record belongs to; null when no report speaks of it.</summary>
    public static async Task<Situation?> Of(PublicView view, string id) =>
        Of(await view.All<ReportBody>("publication").ConfigureAwait(false), [], [])
            .FirstOrDefault(situation => situation.Tells(id));

    /// <summary>Of the reports that a response gave in its time, the last: the earlier ones stand among the reports.</summary>
    public static IReadOnlyList<Situation> Newest(IReadOnlyList<Situation> situations)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. situations.Where(situation =>
                situation.Reports[0].Body.Response is not { } response || told.Add(response)
            ),
        ];
    }

    /// <summary>Newest first.</summary>
    public static IReadOnlyList<Situation> Of(
        IReadOnlyList<Recorded<ReportBody>> reports,
        IReadOnlyList<Recorded<Disruption>> disruptions,
        IReadOnlyList<Recorded<Plan>> plans
    ) =>
        [
            .. reports
                // An alert or a table tells of a situation in part; the pages of situations are about whole ones.
                .Where(report => report.Body.Form == SituationReport.Form)
                .GroupBy(report => (Scenario: report.Body.Scenario(), report.Body.AsOf))
                .Select(group =>
                {
                    IReadOnlySet<string> inputs = group.First().Body.Inputs();
                    return new Situation(
                        group.Max(report => report.Product.Sequence),
                        [.. group],
                        [
                            .. disruptions
                                .Select(disruption => disruption.Body)
                                .Where(disruption => inputs.Contains(disruption.Id))
                                .OrderByDescending(disruption => disruption.Start)
                                .ThenBy(disruption => disruption.Id, StringComparer.Ordinal),
                        ],
                        [.. plans.Select(plan => plan.Body).Where(plan => inputs.Contains(plan.Id))]
                    );
                })
                .OrderByDescending(situation => situation.Sequence),
        ];
}

/// <summary>How many residents are without messaging because of one disruption.</summary>
internal static class WithoutMessaging
{
    public static (CountRange? Count, int UnknownPlaces) Of(
        Disruption disruption,
        IReadOnlyList<Need> needs
    ) =>
        People.Without(
            [
                .. needs
                    .Where(need =>
                        need.Service == Service.Messaging
                        && need.Disruptions.Contains(disruption.Id)
                        && need.Place.IsWithin(disruption.Place)
                    )
                    // A loss by network: only the part that this network accounts for, or one cut would be told as all.
                    .Select(need =>
                        disruption.Network is { } network
                        && need.ByNetwork.FirstOrDefault(part => part.Network == network)
                            is { } part
                            ? need with
                            {
                                WithoutService = part.WithoutService,
                            }
                            : need
                    ),
            ],
            PopulationGroup.Residents
        );

    public static Word Words(PageTexts texts, Disruption disruption, IReadOnlyList<Need> needs) =>
        Words(texts, disruption.Place, Of(disruption, needs));

    public static Word Words(
        PageTexts texts,
        Place place,
        (CountRange? Count, int UnknownPlaces) people
    ) =>
        people switch
        {
            // Nobody is cut off by it alone, so there is nobody to count and nothing unknown.
            { Count: null } when place.IsCoreResource => new Native(texts.Plain("fact.no-area")),
            { Count: null } => new Said("unknown"),
            { UnknownPlaces: 0 } => People.Printed(people.Count),
            _ => new Said(
                "headline.people",
                ("people", People.Printed(people.Count)),
                ("n", new Count(people.UnknownPlaces))
            ),
        };
}
