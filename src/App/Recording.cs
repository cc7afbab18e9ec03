using Breakwater.Decisions;
using Breakwater.Decisions.Continuity;
using Breakwater.Disruptions;
using Breakwater.Feeds;
using Breakwater.Ledger;
using Breakwater.Needs;
using Breakwater.Plans;
using Breakwater.Publications;
using Breakwater.Records;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Draft = Breakwater.Ledger.Draft;

namespace Breakwater.App;

/// <summary>Puts the products of a walk into the ledger, each with the ids of what it came from and its raw evidence.</summary>
public static partial class Recording
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

    private static IEnumerable<Draft> Drafts(WalkResult walk) =>
        [
            .. Givens(walk),
            .. Products(walk),
            .. walk.Publications.SelectMany(publication => PartsOf(publication, Author)),
        ];

    /// <summary>What the scenario brings and sentences may name: the chain ends at its lines.</summary>
    private static IEnumerable<Draft> Givens(WalkResult walk)
    {
        Scenario scenario = walk.Scenario;
        SourceFile definition = scenario.Files[0];
        yield return DraftOf(
            "scenario",
            Ids.OfScenario(walk.Walked),
            new
            {
                scenario.Id,
                scenario.Title,
                scenario.Origin,
            },
            [],
            Marking.Public,
            [new Evidence(definition.Sha256, definition.Name)]
        );
        foreach (Population population in scenario.Populations)
        {
            yield return DraftOf(
                "population",
                Ids.Of(population),
                population,
                [],
                Marking.Public,
                EvidenceOf(walk, PopulationKey(population.Place, population.Group))
            );
        }

        foreach (Offer offer in scenario.Offers)
        {
            yield return DraftOf(
                "offer",
                offer.Id,
                offer,
                offer.Clearances,
                Marking.Public,
                EvidenceOf(walk, $"offers/{offer.Id}")
            );
        }

        foreach (Clearance clearance in scenario.Clearances)
        {
            yield return DraftOf(
                "clearance",
                clearance.Id,
                clearance,
                [],
                Marking.Public,
                EvidenceOf(walk, $"clearances/{clearance.Id}")
            );
        }

        foreach (FundingFigure figure in scenario.Funding)
        {
            yield return DraftOf(
                "funding",
                Ids.Of(figure),
                figure,
                [],
                Marking.Public,
                EvidenceOf(walk, $"funding/{figure.Label}")
            );
        }
    }

    private static IEnumerable<Draft> Products(WalkResult walk)
    {
        Walked walked = walk.Walked;
        foreach (Signal signal in walked.Signals)
        {
            yield return Of(signal);
        }

        foreach (
            Disruption disruption in walked.Detection.Disruptions.UnionBy(
                walk.Known.Disruptions,
                disruption => disruption.Id
            )
        )
        {
            yield return Of(disruption);
        }

        foreach (Blind blind in walked.Detection.Blind)
        {
            yield return Of(blind, walked.Signals);
        }

        foreach (Need need in walked.Assessment.Needs)
        {
            yield return DraftOf(
                "need",
                need.Id,
                need,
                need.Disruptions,
                need.Marking,
                EvidenceOf(walk, PopulationKey(need.Place, need.Group))
            );
        }

        foreach (TimeToDark site in walked.Assessment.TimeToDark)
        {
            yield return DraftOf(
                "time-to-dark",
                site.SiteId,
                site,
                [],
                site.Marking,
                EvidenceOf(walk, $"sites/{site.SiteId}")
            );
        }

        foreach (Draft finding in walked.Norms is { } norms ? Of(norms.Found) : [])
        {
            yield return finding;
        }

        foreach (Plan plan in walked.Plans)
        {
            yield return Of(plan);
        }

        foreach (Decision decision in walked.Decisions)
        {
            yield return DraftOf(
                "decision",
                decision.Id,
                decision,
                [ScriptedCases.IdOf(decision.Subject)],
                decision.Marking,
                Acts(walk, act => Script.IsOn(act, decision, walk.Scenario))
            );
        }

        foreach (ContinuityCase one in walked.Cases)
        {
            yield return DraftOf(
                "continuity-case",
                one.Id,
                one,
                one.Disruptions,
                one.Marking,
                [
                    .. EvidenceOf(walk, $"cases/{one.Id}"),
                    .. Acts(walk, act => act is ScriptedCaseAct about && about.Case == one.Id),
                ]
            );
        }

        foreach (Commitment commitment in walked.Commitments)
        {
            yield return DraftOf(
                "commitment",
                commitment.Id,
                commitment,
                [
                    commitment.PlanId,
                    commitment.OfferId,
                    .. walked
                        .Decisions.Where(decision => decision.Subject == commitment.PlanId)
                        .Select(decision => decision.Id),
                ],
                commitment.Marking,
                Acts(walk, act => act is ScriptedStep step && step.Offer == commitment.OfferId)
            );
        }

        foreach (Restoration restoration in walked.Restorations)
        {
            yield return Of(restoration);
        }
    }

    private static IReadOnlyList<Evidence> Acts(WalkResult walk, Func<ScriptEntry, bool> isMeant) =>
        [.. (walk.Scenario.Script ?? []).Where(isMeant).Select(act => act.Evidence)];

    private static string PopulationKey(Place place, PopulationGroup group) =>
        $"populations/{place.Key}/{group.ToString().ToLowerInvariant()}";

    /// <summary>Each paragraph, row and figure is a product of its own, so that any sentence can be traced.</summary>
    /// <param name="marking">Null for that of the publication itself.</param>
    /// <param name="of">Id of the publication that was released; null for what a walk gives.</param>
    private static IEnumerable<Draft> PartsOf(
        Publication publication,
        string author,
        Marking? marking = null,
        string? of = null,
        Instant? at = null
    )
    {
        marking ??= publication.Marking;
        string html = SourceFile
            .Of("report.html", System.Text.Encoding.UTF8.GetBytes(publication.Html))
            .Sha256;
        // The short id is the one that the report prints, and the one that a person will ask for.
        List<(string Id, IReadOnlyList<string> Inputs)> parts =
        [
            .. publication
                .Traced()
                .Select(part => (Ids.Short(part.Id), part.Inputs))
                .DistinctBy(part => part.Item1),
        ];
        Dictionary<string, string> texts = publication
            .Paragraphs.DistinctBy(paragraph => Ids.Short(paragraph.Id))
            .ToDictionary(paragraph => Ids.Short(paragraph.Id), paragraph => paragraph.Text);
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
                        marking,
                        [],
                        author
                    )
                );
        return sentences.Append(
            DraftOf(
                "publication",
                publication.Id,
                new Pages.ReportBody(
                    publication.Form,
                    publication.Language,
                    publication.Title,
                    publication.AsOf,
                    publication.Origin,
                    html,
                    publication,
                    of,
                    at
                ),
                [.. parts.Select(part => part.Id)],
                marking,
                // In the envelope, so that a proof binds the document without the payload.
                [new Evidence(html, $"{publication.Form}.{publication.Language}.html")],
                author
            )
        );
    }

    private static Draft DraftOf(
        string kind,
        string id,
        object body,
        IReadOnlyList<string> inputs,
        Marking marking,
        IReadOnlyList<Evidence> evidence,
        string author = Author
    ) =>
        ProductRecorded
            .Of(id, kind, body, [.. inputs.Distinct()])
            .ToDraft(marking, author, evidence);

    private static IReadOnlyList<Evidence> EvidenceOf(WalkResult walk, string key) =>
        walk.Scenario.Evidence.TryGetValue(key, out Evidence? evidence) ? [evidence] : [];
}
