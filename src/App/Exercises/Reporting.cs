using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Membership;
using Breakwater.Disruptions;
using Breakwater.Ledger;
using Breakwater.Ledger.Exchange;
using Breakwater.Preparedness.Exercises;
using Breakwater.Preparedness.Exercises.Running;
using Breakwater.Publications.AfterAction;
using Breakwater.Records;
using Breakwater.Restorations;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Exercises;

/// <summary>From the ledger of an exercise to its after-action report, and to the signed line by which others take it over.</summary>
internal static class Reporting
{
    private const string Author = "report";

    public static async Task<AfterActionReport> Compose(IRecords records, CancellationToken cancel)
    {
        SubjectFolding folding = Catalogue.Known.Of(ExerciseRun.Kind)!.Begin();
        var moments = new List<LedgerMoment>();
        var disruptions = new Dictionary<string, Recorded<Disruption>>(StringComparer.Ordinal);
        var restorations = new Dictionary<string, Recorded<Restoration>>(StringComparer.Ordinal);
        await foreach (Event entry in records.EventsFrom(1, cancel).ConfigureAwait(false))
        {
            Envelope envelope = entry.Envelope;
            Instant at = envelope.Clock.Wall;
            moments.Add(
                new LedgerMoment(
                    envelope.Sequence,
                    at,
                    envelope.Type,
                    envelope.Subject,
                    envelope.Author
                )
            );
            Learn(entry, "DisruptionRecorded", disruptions);
            Learn(entry, "RestorationRecorded", restorations);
            if (envelope.Subject == $"{ExerciseRun.Kind}/{ExerciseRun.TheOne}")
            {
                folding.Apply(entry);
            }

            // The report is of what was played: what it leads to itself comes after it.
            if (envelope.Type == nameof(RunEnded))
            {
                break;
            }
        }

        return AfterActionFromLedger.Compose(
            new PlayedExercise(
                records.Node.Name,
                folding.Present as ExerciseRun
                    ?? throw new Fault(
                        ExitCode.Usage,
                        "this node is no exercise, so it has no report"
                    ),
                moments,
                await Players(records).ConfigureAwait(false),
                [.. disruptions.Values],
                [.. restorations.Values],
                [
                    .. (await records.AllOf("decision").ConfigureAwait(false)).Select(document =>
                        SubjectKind<Decision, DecisionEvent>.Read(document.Body)
                    ),
                ]
            )
        );
    }

    /// <summary>The line of the ledger that says what was found, signed as every event is; null while the exercise goes on.</summary>
    public static async Task<string?> Signed(
        IRecords records,
        AfterActionReport report,
        Instant now,
        CancellationToken cancel
    )
    {
        if (report.State != RunState.Ended)
        {
            return null;
        }

        var work = new Workspace(records);
        Loaded<ExerciseRun> run = await work.Load<ExerciseRun, RunEvent>(ExerciseRun.TheOne)
            .ConfigureAwait(false);
        ExerciseResult result = ResultOf(report);
        Decided<RunEvent> decided = ReportRun.Decide(run.State, new ReportRun(result), Author, now);
        work.Stage(run, decided.Events, Author);
        if (!work.IsEmpty)
        {
            await work.Commit(null, cancel).ConfigureAwait(false);
        }

        Event? signed = null;
        await foreach (
            Event entry in records.EventsOf(run.Subject, cancel: cancel).ConfigureAwait(false)
        )
        {
            signed = entry.Envelope.Type == nameof(RunReported) ? entry : signed;
        }

        return Encoding.UTF8.GetString(Bundle.Write(new BundledEvent(signed!))).TrimEnd('\n');
    }

    /// <summary>Reads what the node of an exercise signed.</summary>
    /// <returns>The result, or why the line counts for nothing.</returns>
    public static (ExerciseResult? Result, string? Why) Read(string? verifier, string? line)
    {
        if (!Verifier.TryParse(verifier?.Trim() ?? "", out Verifier? node) || !node.IsNamedByKey)
        {
            return (
                null,
                "the key is none of a node; copy the line that the report of the exercise prints"
            );
        }

        if (!node.IsExercise)
        {
            return (null, $"{node.Name} is no exercise, so it has no result of one");
        }

        if (
            Bundle.Read(line?.Trim() ?? "", node) is not { } entry
            || entry.Envelope.Type != nameof(RunReported)
            || entry.Envelope.Node != node.Name
        )
        {
            return (
                null,
                $"{node.Name} did not sign this line as what it found; copy it whole, as the report prints it"
            );
        }

        try
        {
            return
                entry.PayloadJson.Deserialize<RunReported>(Json.Compact) is { Result: { } result }
                && result.Node == node.Name
                ? (result, null)
                : (null, "the line holds no result");
        }
        catch (JsonException)
        {
            return (null, "the line holds no result that this version can read");
        }
    }

    private static ExerciseResult ResultOf(AfterActionReport report) =>
        new(
            report.Node,
            report.Scenario,
            report.StartedAt,
            report.ReportedAt,
            Convert.ToHexStringLower(SHA256.HashData(AfterActionJson.Write(report))),
            report.Figure("detect").Took,
            report.Figure("decide").Took,
            report.Figure("first-working").Took,
            report.Figure("reconnect").Took,
            report.Missed.Count
        );

    private static void Learn<T>(Event entry, string type, Dictionary<string, Recorded<T>> known)
    {
        if (
            entry.Envelope.Type == type
            && ProductRecorded.TryRead(entry.Payload, out ProductRecorded? product)
            && product.Body.Deserialize<T>(Json.Compact) is { } what
        )
        {
            known.TryAdd(
                product.Id,
                new Recorded<T>(entry.Envelope.Sequence, entry.Envelope.Clock.Wall, what)
            );
        }
    }

    /// <summary>Everybody who is in an organisation of the exercise.</summary>
    public static async Task<IReadOnlyList<Player>> Players(IRecords records) =>
        [
            .. (await records.AllOf(Organisation.Kind).ConfigureAwait(false))
                .Select(document =>
                    SubjectKind<Organisation, OrganisationEvent>.Read(document.Body)
                )
                .SelectMany(
                    organisation => organisation.Members,
                    (organisation, member) =>
                        new Player(
                            member.Person,
                            organisation.Id,
                            [.. member.Roles.Select(held => held.Role).Distinct()]
                        )
                ),
        ];
}
