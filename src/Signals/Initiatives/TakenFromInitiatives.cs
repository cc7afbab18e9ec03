using System.Globalization;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Initiatives;

/// <summary>How much of a place was covered before, as a map of others says. A baseline, and no signal of a loss.</summary>
/// <param name="Share">0 to 1; null is unknown.</param>
public sealed record StatedCoverage(
    Place Place,
    string Technology,
    double? Share,
    InstantRange At,
    Evidence Evidence
);

/// <summary>What a government said that it would do. It is no pledge here: nobody gave it to this mechanism.</summary>
public sealed record StatedCommitment(
    Place Place,
    string Wording,
    InstantRange At,
    InstantRange? Until,
    string Source,
    Evidence Evidence
);

/// <param name="Answer"><c>acknowledged</c> or <c>denied</c>, as the command that records it takes it.</param>
public sealed record StatedAnswer(
    string Notification,
    string Party,
    string Answer,
    InstantRange At,
    string Reason,
    Evidence Evidence
);

/// <summary>What was read of a list of others.</summary>
public sealed record Taken<T>(IReadOnlyList<T> Read, IReadOnlyList<InputFault> Faults);

/// <summary>From lists of others to what the walk takes: signals, claims, baselines and answers. Nothing is repaired or merged.</summary>
public static class TakenFromInitiatives
{
    private const int FaultsMax = 100;

    private static readonly string[] _answers = ["acknowledged", "denied"];

    /// <summary>Status of services, as reports of the observer <c>cluster</c>, or <c>map</c> for what a map of outages shows.</summary>
    /// <param name="list"><c>etc-status</c> or <c>itu-outages</c>.</param>
    public static Taken<ReportSignal> Services(SourceFile file, string list = "etc-status") =>
        Read(
            file,
            list,
            row =>
                (row.Where(), row.When("at"), row.Text("service")) switch
                {
                    (null, _, _) => "no country",
                    (_, null, _) => "no date",
                    (_, _, null) => "no service",
                    _ => null,
                },
            (row, evidence) =>
                ReportRules.Signal(
                    ContentId.Of("signal", new { file.Sha256, row.Line }),
                    row.Where()!,
                    null,
                    InitiativeMapping.ServiceOf(row.Text("service")!),
                    StateOf(row.Text("status")),
                    list == "itu-outages" ? "map" : "cluster",
                    row.When("at")!.Latest,
                    row.When("at")!.Latest,
                    Origin.Reported,
                    Marking.Public,
                    evidence
                )
        );

    public static Taken<StatedCoverage> Coverage(SourceFile file) =>
        Read(
            file,
            "itu-coverage",
            row =>
                row.Where() is null ? "no country"
                : row.When("at") is null ? "no date"
                : row.Text("share") is { } share && Share(share) is null
                    ? $"'{share}' is no share from 0 to 100"
                : null,
            (row, evidence) =>
                new StatedCoverage(
                    row.Where()!,
                    row.Text("technology") ?? "not stated",
                    row.Text("share") is { } share ? Share(share) / 100 : null,
                    row.When("at")!,
                    evidence
                )
        );

    /// <summary>Statements of governments on a disruption, as claims.</summary>
    public static Taken<ClaimSignal> Statements(SourceFile file) =>
        Read(
            file,
            "foc-statements",
            row =>
                row.Where() is null ? "no country"
                : row.Text("source") is null ? "no address at which it was published"
                : row.Text("wording") is null ? "no statement"
                : row.When("start") is null ? "no beginning: a day, or a moment with Z"
                : row.When("end") is { } end && end.Latest < row.When("start")!.Earliest
                    ? "it ends before it begins"
                : null,
            (row, evidence) =>
                new ClaimSignal
                {
                    Id = ContentId.Of("signal", new { file.Sha256, row.Line }),
                    Source = row.Text("source")!,
                    Family = SignalFamily.Context,
                    Place = row.Where()!,
                    Origin = Origin.Reported,
                    Marking = Marking.Public,
                    Evidence = [evidence],
                    Claim = new Claim(
                        row.Text("kind") ?? "outage",
                        null,
                        Actor.Unknown,
                        row.Text("source")!,
                        row.Text("wording")!,
                        row.When("start"),
                        row.When("end"),
                        Origin.Reported
                    ),
                }
        );

    public static Taken<StatedCommitment> Commitments(SourceFile file) =>
        Read(
            file,
            "foc-commitments",
            row =>
                row.Where() is null ? "no country"
                : row.When("at") is null ? "no date"
                : row.Text("wording") is null ? "no commitment"
                : row.Text("source") is null ? "no address at which it was published"
                : null,
            (row, evidence) =>
                new StatedCommitment(
                    row.Where()!,
                    row.Text("wording")!,
                    row.When("at")!,
                    row.When("until"),
                    row.Text("source")!,
                    evidence
                )
        );

    /// <summary>What parties answered to notifications. Silence is no row: it is counted by itself.</summary>
    public static Taken<StatedAnswer> Answers(SourceFile file) =>
        Read(
            file,
            "ocha-answers",
            row =>
                row.Text("id") is null ? "no reference"
                : row.Text("party") is null ? "no party"
                : row.When("at") is null ? "no time of the answer"
                : !_answers.Contains(row.Text("answer"), StringComparer.OrdinalIgnoreCase)
                    ? $"'{row.Text("answer")}' is no answer: acknowledged or denied"
                : null,
            (row, evidence) =>
                new StatedAnswer(
                    row.Text("id")!,
                    row.Text("party")!,
                    row.Text("answer")!.ToLowerInvariant(),
                    row.When("at")!,
                    row.Text("wording") ?? "",
                    evidence
                )
        );

    private static Taken<T> Read<T>(
        SourceFile file,
        string document,
        Func<MappedRow, string?> wrong,
        Func<MappedRow, Evidence, T> made
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, FaultsMax);
        var read = new List<T>();
        foreach (MappedRow row in MappedRows.Read(file, InitiativeMapping.Of(document), faults))
        {
            if (wrong(row) is { } reason)
            {
                faults.Add($"line {row.Line}", reason, "Correct it; the row is left out");
                continue;
            }

            read.Add(made(row, new Evidence(file.Sha256, file.Name, $"{row.Line}")));
        }

        return new Taken<T>(read, faults.ToList());
    }

    private static double? Share(string text) =>
        double.TryParse(text.TrimEnd('%', ' '), CultureInfo.InvariantCulture, out double share)
        && share is >= 0 and <= 100
            ? share
            : null;

    private static ServiceState StateOf(string? status) =>
        status?.ToLowerInvariant() switch
        {
            "operational" => ServiceState.Working,
            "limited" => ServiceState.Degraded,
            "down" => ServiceState.Down,
            _ => ServiceState.Unknown,
        };
}
