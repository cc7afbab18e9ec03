using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Continuity;
using Breakwater.Decisions.Publishing;
using Breakwater.Preparedness.Consultations;
using Breakwater.Preparedness.Exercises;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.App.Tests.PublishingSite;

namespace Breakwater.App.Tests;

/// <summary>Something on record for each form of publication that is not of a response, with somebody's pseudonym in it that must not get out.</summary>
internal static class PublishedSubjects
{
    /// <summary>Who wrote it all down.</summary>
    public const string Somebody = "CANARYsomebody";

    /// <returns>What a publication of the form is of.</returns>
    public static async Task<string> Make(
        ApiSite site,
        PublicationForm form,
        Marking? marking = null
    )
    {
        Marking seen = marking ?? Marking.Public;
        switch (form)
        {
            case PublicationForm.LegalBrief:
                return await Sheet(site, seen);
            case PublicationForm.Index:
                await Values(site, seen);
                return "index/KE";
            case PublicationForm.AfterAction:
                await Held(site, seen);
                return "exercise/exercise-1";
            case PublicationForm.ConsultationReport:
                await Launched(site, seen);
                return "consultation/consultation-1";
            case PublicationForm.ContinuityCase:
                await Case(site, seen);
                return "continuity-case/case-1";
            default:
                throw new ArgumentOutOfRangeException(nameof(form), form, null);
        }
    }

    public static Task Called(ApiSite site, Marking marking) =>
        Stage<Consultation, ConsultationEvent>(
            site,
            "consultation/consultation-1",
            [
                new ConsultationCalled(
                    site.Clock.Now,
                    Somebody,
                    "consultation-1",
                    "Who repairs masts",
                    "Who should repair masts?",
                    "carrier",
                    null,
                    null,
                    Workstream.Mechanism,
                    [],
                    site.Clock.Now + Duration.FromDays(30),
                    marking
                ),
            ]
        );

    public static Task Planned(ApiSite site, Marking marking) =>
        Stage<Exercise, ExerciseEvent>(
            site,
            "exercise/exercise-1",
            [
                new ExercisePlanned(
                    site.Clock.Now,
                    Somebody,
                    "relief",
                    "exercise-1",
                    "Networks fall one after another",
                    "sudan-2024-02",
                    Place.OfCountry("SD"),
                    ["who notices a blind feed"],
                    [Role.Analyst],
                    ["relief"],
                    site.Clock.Now,
                    marking
                ),
            ]
        );

    private static async Task Held(ApiSite site, Marking marking)
    {
        await Planned(site, marking);
        await Stage<Exercise, ExerciseEvent>(
            site,
            "exercise/exercise-1",
            [
                new ExerciseResultTaken(
                    site.Clock.Now,
                    Somebody,
                    new ExerciseResult(
                        "exercise-0123456789abcdef",
                        "sudan-2024-02",
                        Instant.FromUtc(2024, 2, 1, 0, 0),
                        Instant.FromUtc(2024, 2, 4, 0, 0),
                        new string('a', 64),
                        Duration.FromMinutes(95),
                        Duration.FromHours(5),
                        null,
                        null,
                        3
                    ),
                    "verifier",
                    "line"
                ),
                new TaskSet(
                    site.Clock.Now,
                    Somebody,
                    "t-1",
                    "agree on who watches the feeds at night",
                    "relief",
                    site.Clock.Now + Duration.FromDays(30)
                ),
            ]
        );
    }

    private static async Task Launched(ApiSite site, Marking marking)
    {
        Instant now = site.Clock.Now;
        await Called(site, marking);
        await Stage<ConsultationInput, ConsultationInputEvent>(
            site,
            "consultation-input/input-1",
            [
                new InputReceived(
                    now,
                    Somebody,
                    "input-1",
                    "consultation-1",
                    "Whoever owns a mast repairs it.",
                    "en",
                    StakeholderClass.PrivateSector,
                    false,
                    null,
                    null,
                    false,
                    Origin.Reported,
                    marking
                ),
            ]
        );
        await Stage<Consultation, ConsultationEvent>(
            site,
            "consultation/consultation-1",
            [
                new ConsultationTextPut(
                    now,
                    Somebody,
                    [
                        new TracedParagraph(
                            "p-1",
                            1,
                            "Every plan names who pays for repairs.",
                            ["input-1"]
                        ),
                    ],
                    "as the inputs say"
                ),
                new DraftOpened(now, Somebody, now + Duration.FromDays(20)),
                new ConsultationPositionTaken(
                    now,
                    Somebody,
                    PositionStand.Object,
                    "naming is not paying",
                    "families",
                    StakeholderClass.AffectedCommunity,
                    false,
                    false
                ),
                new ConsensusDeclared(
                    now,
                    Somebody,
                    ConsensusOutcome.RoughConsensus,
                    "the objection is answered in the text",
                    [],
                    []
                ),
                new ReportLaunched(now, Somebody),
            ]
        );
    }

    private static Task Case(ApiSite site, Marking marking) =>
        Stage<ContinuityCase, ContinuityEvent>(
            site,
            "continuity-case/case-1",
            [
                new CaseOpened(
                    site.Clock.Now,
                    Somebody,
                    "case-1",
                    ContinuityType.RegistryGovernance,
                    "Who answers for the registry",
                    Place.OfFunction("rir:made-up"),
                    "a registry",
                    null,
                    null,
                    "nobody counts them",
                    [Place.OfFunction("rir:made-up/reverse-dns")],
                    [],
                    Origin.Reported,
                    marking
                ),
                new DeadlineSet(
                    site.Clock.Now,
                    Somebody,
                    "d-1",
                    "an answer to the court",
                    site.Clock.Now + Duration.FromDays(9),
                    "the order"
                ),
                new ItemWasAnswered(
                    site.Clock.Now,
                    Somebody,
                    CaseChecklists.Of(ContinuityType.RegistryGovernance)[0].Id,
                    ItemAnswered.Yes,
                    "a page of the registry"
                ),
                new PartyNamed(
                    site.Clock.Now,
                    Somebody,
                    new CaseParty(
                        "the registry",
                        StakeholderClass.TechnicalCommunity,
                        "keeps the records"
                    )
                ),
            ]
        );

    private static async Task<string> Sheet(ApiSite site, Marking marking)
    {
        ApiClient planner = await site.As(Role.Planner, "relief");
        string id = Done(
            await planner.Start(
                "fact-sheets",
                new
                {
                    Title = "A town lost its networks",
                    Conduct = "2026-02-01",
                    Marking = marking,
                }
            )
        ).Id;
        ApiClient analyst = await site.As(Role.LegalAnalyst, "university");
        foreach (
            string fact in (string[])["act.state", "state.hr_treaty", "m.restricts", "m.blanket"]
        )
        {
            Done(
                await analyst.Do(
                    "fact-sheets",
                    id,
                    "answer-fact",
                    new
                    {
                        Fact = fact,
                        Value = "yes",
                        Source = "a notice",
                        Respondent = "desk",
                        Assessor = "a legal analyst",
                    }
                )
            );
        }

        return $"fact-sheet/{id}";
    }

    private static async Task Values(ApiSite site, Marking marking)
    {
        ApiClient analyst = await site.As(Role.Analyst, "measurers");
        using var octets = new ByteArrayContent(
            Encoding.UTF8.GetBytes(ResilienceTests.Csv("KE", 0.5, except: "latency"))
        );
        octets.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpResponseMessage kept = await analyst.Http.PostAsync(
            new Uri("/api/v1/evidence", UriKind.Relative),
            octets,
            TestContext.Current.CancellationToken
        );
        string sha256 = JsonNode.Parse(
            await kept.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        )!["sha256"]!.GetValue<string>();
        Done(
            await analyst.Start(
                "indicator-files",
                new
                {
                    Sha256 = sha256,
                    Name = "values.csv",
                    Marking = marking,
                }
            )
        );
    }

    private static async Task Stage<TState, TEvent>(ApiSite site, string subject, TEvent[] events)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        var work = new Workspace(site.Records);
        Loaded<TState> at = await work.Load<TState, TEvent>(
            subject[(subject.IndexOf('/', StringComparison.Ordinal) + 1)..]
        );
        work.Stage(at, events, Somebody);
        Assert.IsType<Appended>(await work.Commit(null, TestContext.Current.CancellationToken));
    }
}
