using Breakwater.Decisions;
using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using Draft = Breakwater.Ledger.Draft;

namespace Breakwater.App;

/// <summary>Puts the products of a walk into the ledger, each with the ids of what it came from and its raw evidence.</summary>
public static class Recording
{
    private const string Author = "walk";

    /// <summary>Events of one append; the store commits them together.</summary>
    private const int AppendMax = 200;

    public static async Task Keep(IRecords records, WalkResult walk, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(walk);
        foreach (SourceFile file in walk.Scenario.Files)
        {
            await records.Keep(file.Content, cancel).ConfigureAwait(false);
        }

        await Append(records, $"walk/{walk.Scenario.Id}", [.. Drafts(walk)], cancel)
            .ConfigureAwait(false);
        foreach (Publication publication in walk.Publications)
        {
            await records
                .Keep(System.Text.Encoding.UTF8.GetBytes(publication.Html), cancel)
                .ConfigureAwait(false);
        }
    }

    public static async Task Append(
        IRecords records,
        string subject,
        IReadOnlyList<Draft> drafts,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(drafts);
        long version = await records.Version(subject).ConfigureAwait(false);
        foreach (Draft[] batch in drafts.Chunk(AppendMax))
        {
            version = await records
                .Append(subject, version, batch, cancel)
                .ConfigureAwait(false) switch
            {
                Appended appended => appended.Version,
                Conflict conflict => throw new Fault(ExitCode.Conflict, conflict.ToString()),
                AppendOutcome other => throw new InvalidOperationException(other.ToString()),
            };
        }
    }

    /// <summary>A series is recorded by its summary: its samples are in the evidence that it names, and are read again from there.</summary>
    public static Draft Of(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        object body = signal is SeriesSignal series
            ? new
            {
                series.Source,
                series.Family,
                series.Place,
                series.Network,
                series.Metric,
                series.Unit,
                stepMinutes = series.Step.TotalMinutes,
                samples = series.Samples.Count,
                missing = series.Samples.Count(sample => sample.Value is null),
                first = series.Samples.Count == 0 ? (NodaTime.Instant?)null : series.Samples[0].At,
                last = series.Samples.Count == 0 ? (NodaTime.Instant?)null : series.Samples[^1].At,
                series.Origin,
            }
            : signal;
        return ProductRecorded
            .Of(signal.Id, "signal", body, [])
            .ToDraft(signal.Marking, Author, signal.Evidence);
    }

    public static Draft Of(Disruption disruption)
    {
        ArgumentNullException.ThrowIfNull(disruption);
        return ProductRecorded
            .Of(disruption.Id, "disruption", disruption, disruption.Signals)
            .ToDraft(disruption.Marking, Author, disruption.Evidence);
    }

    private static IEnumerable<Draft> Drafts(WalkResult walk)
    {
        Walked walked = walk.Walked;
        return walked
            .Signals.Select(Of)
            .Concat(
                walked
                    .Detection.Disruptions.Concat(
                        walk.Known.Disruptions.ExceptBy(
                            walked.Detection.Disruptions.Select(disruption => disruption.Id),
                            disruption => disruption.Id
                        )
                    )
                    .Select(Of)
            )
            .Concat(
                walked.Assessment.Needs.Select(need =>
                    DraftOf(
                        "need",
                        need.Id,
                        need,
                        need.Disruptions,
                        need.Marking,
                        EvidenceOf(walk, $"populations/{need.Place.Key}/{Kebab(need.Group)}")
                    )
                )
            )
            .Concat(
                walked.Assessment.TimeToDark.Select(site =>
                    DraftOf(
                        "time-to-dark",
                        site.SiteId,
                        site,
                        [],
                        site.Marking,
                        EvidenceOf(walk, $"sites/{site.SiteId}")
                    )
                )
            )
            .Concat(
                walked.Plans.Select(plan =>
                    DraftOf(
                        "plan",
                        plan.Id,
                        plan,
                        plan.Needs,
                        plan.Marking,
                        [
                            .. plan
                                .Lines.Select(line => line.OfferId)
                                .Distinct()
                                .SelectMany(offer => EvidenceOf(walk, $"offers/{offer}")),
                        ]
                    )
                )
            )
            .Concat(
                walked.Decisions.Select(decision =>
                    DraftOf(
                        "decision",
                        decision.Id,
                        decision,
                        [decision.Subject],
                        decision.Marking,
                        []
                    )
                )
            )
            .Concat(
                walked.Commitments.Select(commitment =>
                    DraftOf(
                        "commitment",
                        commitment.Id,
                        commitment,
                        [commitment.PlanId, .. DecisionOn(walked, commitment.PlanId)],
                        commitment.Marking,
                        StepsOf(walk, commitment)
                    )
                )
            )
            .Concat(
                walked.Restorations.Select(restoration =>
                    DraftOf(
                        "restoration",
                        restoration.Id,
                        restoration,
                        [restoration.DisruptionId, .. restoration.Commitments],
                        restoration.Marking,
                        restoration.Evidence
                    )
                )
            )
            .Concat(walk.Publications.SelectMany(PartsOf));
    }

    /// <summary>Each paragraph, row and figure is a product of its own, so that any sentence can be traced.</summary>
    private static IEnumerable<Draft> PartsOf(Publication publication)
    {
        string html = SourceFile
            .Of("report.html", System.Text.Encoding.UTF8.GetBytes(publication.Html))
            .Sha256;
        List<(string Id, IReadOnlyList<string> Inputs)> parts =
        [
            .. publication.Traced().DistinctBy(part => part.Id),
        ];
        Dictionary<string, string> texts = publication
            .Paragraphs.DistinctBy(paragraph => paragraph.Id)
            .ToDictionary(paragraph => paragraph.Id, paragraph => paragraph.Text);
        IEnumerable<Draft> sentences =
            publication.Language != "en"
                ? []
                : parts.Select(part =>
                    DraftOf(
                        "sentence",
                        part.Id,
                        new
                        {
                            publication = publication.Id,
                            text = texts.GetValueOrDefault(part.Id),
                        },
                        part.Inputs,
                        publication.Marking,
                        []
                    )
                );
        return sentences.Append(
            DraftOf(
                "publication",
                publication.Id,
                new
                {
                    publication.Form,
                    publication.Language,
                    publication.Title,
                    publication.AsOf,
                    publication.Origin,
                    html,
                    document = publication,
                },
                [.. parts.Select(part => part.Id)],
                publication.Marking,
                []
            )
        );
    }

    private static Draft DraftOf(
        string kind,
        string id,
        object body,
        IReadOnlyList<string> inputs,
        Marking marking,
        IReadOnlyList<Evidence> evidence
    ) =>
        ProductRecorded
            .Of(id, kind, body, [.. inputs.Distinct()])
            .ToDraft(marking, Author, evidence);

    private static IReadOnlyList<Evidence> EvidenceOf(WalkResult walk, string key) =>
        walk.Scenario.Evidence.TryGetValue(key, out Evidence? evidence) ? [evidence] : [];

    private static IEnumerable<string> DecisionOn(Walked walked, string subject) =>
        walked
            .Decisions.Where(decision => decision.Subject == subject)
            .Select(decision => decision.Id);

    private static IReadOnlyList<Evidence> StepsOf(WalkResult walk, Commitment commitment) =>
        [
            .. (walk.Scenario.Script ?? [])
                .OfType<Feeds.ScriptedStep>()
                .Where(step => step.Offer == commitment.OfferId)
                .Select(step => step.Evidence),
        ];

    private static string Kebab(PopulationGroup group) => group.ToString().ToLowerInvariant();
}
