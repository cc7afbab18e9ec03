using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Decisions;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Offering;
using Breakwater.Preparedness.Exercises;
using Breakwater.Signals;
using Breakwater.Signals.Inputs;
using Breakwater.Signals.Reporting;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Exercises;

/// <summary>
/// What an exercise does to the node, through the same decisions as people's acts and in one commit with its own event: it happened
/// once, or not at all.
/// </summary>
internal sealed class Playing(ExerciseNode node)
{
    private readonly FeedReplay _feeds = new(node.Scenario);

    /// <summary>Who speaks for those in the scenario whom nobody plays.</summary>
    private static readonly Participant _world = new(
        "scenario",
        null,
        StakeholderClass.AffectedCommunity,
        new HashSet<Role> { Role.Reporter }
    );

    /// <summary>Stages what feeds have shown until a moment, each in place of what it had shown before.</summary>
    /// <returns>Ids of the files, by feed.</returns>
    public async Task<IReadOnlyDictionary<string, string>> Show(
        Workspace work,
        ExerciseRun run,
        Instant at,
        CancellationToken cancel
    )
    {
        var files = new Dictionary<string, string>(run.Files, StringComparer.Ordinal);
        foreach (Feeds.ScenarioSeries series in _feeds.Feeds)
        {
            if (_feeds.Until(series, at, [.. run.BlindOf(series.File.Name)]) is not { } shown)
            {
                continue;
            }

            string sha256 = await work.Records.Keep(shown, cancel).ConfigureAwait(false);
            string id = IdOf(series.File.Name, sha256);
            if (files.GetValueOrDefault(series.File.Name) == id)
            {
                continue;
            }

            await Take(work, series, id, sha256, at).ConfigureAwait(false);
            if (files.TryGetValue(series.File.Name, out string? before))
            {
                await PutAside(work, before, at).ConfigureAwait(false);
            }

            files[series.File.Name] = id;
        }

        return files;
    }

    /// <summary>Stages what an inject does.</summary>
    /// <returns>What it did, or why it could do nothing.</returns>
    public async Task<string> Fire(Workspace work, Inject inject, Instant at) =>
        inject.Kind switch
        {
            InjectKind.Message => "told",
            InjectKind.FeedBlind =>
                $"{inject.About} shows nothing {(inject.Until is { } until ? $"until {until}" : "from now on")}",
            InjectKind.ContactSilent => $"{inject.About} gives no answer",
            InjectKind.Report => await Report(work, inject, at).ConfigureAwait(false),
            InjectKind.Claim => await Claim(work, inject, at).ConfigureAwait(false),
            InjectKind.OfferWithdrawn => await Withdraw(work, inject, at).ConfigureAwait(false),
            InjectKind.ClearanceAnswered => await Answer(work, inject, at).ConfigureAwait(false),
            _ => throw new InvalidOperationException(inject.Kind.ToString()),
        };

    private static async Task<string> Report(Workspace work, Inject inject, Instant at)
    {
        InjectedReport report = inject.Report!;
        string id = $"inject-{inject.Id}";
        Loaded<FieldReport> before = await work.Load<FieldReport, FieldReportEvent>(id)
            .ConfigureAwait(false);
        Decided<FieldReportEvent> decided = ReceiveReport.Decide(
            before.State,
            new ReceiveReport(
                id,
                ReportChannel.Form,
                report.Place,
                null,
                report.Network,
                report.Service,
                Enum.Parse<ServiceState>(report.State, ignoreCase: true),
                report.ObservedAt ?? at,
                report.Observer is not { } observer ? ObserverKind.Resident
                    : Enum.TryParse(observer, ignoreCase: true, out ObserverKind known) ? known
                    : ObserverKind.Unknown
            ),
            _world,
            at
        );
        return Staged(work, before, decided, $"report {id} came in");
    }

    /// <summary>In the form in which anybody could hand in what others say.</summary>
    private async Task<string> Claim(Workspace work, Inject inject, Instant at)
    {
        InjectedClaim claim = inject.Claim!;
        string id = $"inject-{inject.Id}";
        string sha256 = await work
            .Records.Keep(
                JsonSerializer.SerializeToUtf8Bytes(
                    new
                    {
                        Claims = new[]
                        {
                            new
                            {
                                Kind = claim.What,
                                claim.Place,
                                Start = claim.Onset,
                                Source = claim.By,
                                Wording = inject.Text["en"],
                                claim.Cause,
                                Actor = Checks.Word(claim.Actor),
                                claim.Network,
                                claim.Target,
                                claim.FurtherPlaces,
                            },
                        },
                    },
                    Json.Indented
                ),
                CancellationToken.None
            )
            .ConfigureAwait(false);
        Loaded<InputFile> before = await work.Load<InputFile, InputFileEvent>(id)
            .ConfigureAwait(false);
        return Staged(
            work,
            before,
            TakeInputFile.Decide(
                before.State,
                new TakeInputFile(
                    id,
                    sha256,
                    $"{id}.json",
                    "claims-json",
                    // Of the whole scenario: what is claimed of one network is looked at with all the rest.
                    node.Scenario.Place,
                    null,
                    Origin.Modelled,
                    null,
                    Marking.Public
                ),
                _world,
                at
            ),
            $"the claim came in as {id}"
        );
    }

    private async Task<string> Withdraw(Workspace work, Inject inject, Instant at)
    {
        Loaded<StandingOffer> offer = await work.Load<StandingOffer, OfferEvent>(inject.About!)
            .ConfigureAwait(false);
        return offer.State is null
            ? $"there is no offer {inject.About}"
            : Staged(
                work,
                offer,
                WithdrawOffer.Decide(
                    offer.State,
                    new WithdrawOffer(inject.Text["en"]),
                    // For the organisation, and not in the name of who plays it: what follows is nobody's act.
                    Script.Speaker(node.Scenario, offer.State.Terms.Stakeholder) with
                    {
                        Person = _world.Person,
                    },
                    at
                ),
                $"offer {inject.About} was taken back"
            );
    }

    private static async Task<string> Answer(Workspace work, Inject inject, Instant at)
    {
        Loaded<ClearanceFile> file = await work.Load<ClearanceFile, ClearanceEvent>(inject.About!)
            .ConfigureAwait(false);
        bool isGiven = inject.IsGiven == true;
        return file.State is null
            ? $"there is no clearance {inject.About}"
            : Staged(
                work,
                file,
                AnswerClearance.Decide(
                    file.State,
                    new AnswerClearance(
                        isGiven ? ClearanceAnswer.Given : ClearanceAnswer.Denied,
                        at,
                        isGiven ? at : null,
                        null,
                        [],
                        inject.Text["en"],
                        "the exercise",
                        Origin.Modelled
                    ),
                    _world,
                    at
                ),
                $"clearance {inject.About} was {(isGiven ? "given" : "denied")}"
            );
    }

    private static string Staged<TState, TEvent>(
        Workspace work,
        Loaded<TState> at,
        Decided<TEvent> decided,
        string done
    )
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        if (decided.Refusal is { } refusal)
        {
            return $"nothing happened: {refusal.Reason}";
        }

        work.Stage(at, decided.Events, _world.Person);
        return done;
    }

    /// <summary>What routes are held against is known from the beginning.</summary>
    private static async Task<RouteFiles?> RoutesOf(Workspace work, Feeds.ScenarioSeries series)
    {
        return series.Routes is not { } routes
            ? null
            : new RouteFiles(
                await Kept(routes.Baseline).ConfigureAwait(false),
                await Kept(routes.Vrps).ConfigureAwait(false),
                await Kept(routes.Relationships).ConfigureAwait(false),
                await Kept(routes.Expectations).ConfigureAwait(false)
            );

        async Task<string?> Kept(SourceFile? file) =>
            file is null
                ? null
                : await work
                    .Records.Keep(file.Content, CancellationToken.None)
                    .ConfigureAwait(false);
    }

    private static async Task Take(
        Workspace work,
        Feeds.ScenarioSeries series,
        string id,
        string sha256,
        Instant at
    )
    {
        Loaded<InputFile> file = await work.Load<InputFile, InputFileEvent>(id)
            .ConfigureAwait(false);
        Decided<InputFileEvent> decided = TakeInputFile.Decide(
            file.State,
            new TakeInputFile(
                id,
                sha256,
                Path.GetFileName(series.File.Name),
                series.Format,
                series.Place,
                series.Columns,
                series.Origin,
                series.ModelledColumns,
                series.Marking
            )
            {
                Routes = await RoutesOf(work, series).ConfigureAwait(false),
            },
            _world,
            at
        );
        if (decided.Refusal is { } refusal && file.State is null)
        {
            throw new InvalidOperationException($"{series.File.Name}: {refusal.Reason}");
        }

        work.Stage(file, decided.Events, _world.Person);
    }

    private static async Task PutAside(Workspace work, string id, Instant at)
    {
        Loaded<InputFile> file = await work.Load<InputFile, InputFileEvent>(id)
            .ConfigureAwait(false);
        work.Stage(
            file,
            SetInputFileAside
                .Decide(
                    file.State,
                    new SetInputFileAside("the feed has shown more since"),
                    _world,
                    at
                )
                .Events,
            _world.Person
        );
    }

    private static string IdOf(string feed, string sha256) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{feed}\n{sha256}")))[
            ..32
        ];
}
