using System.Net;
using System.Text.Json.Nodes;
using Breakwater.Decisions;
using Breakwater.Vocabulary;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>
/// The activation: a quorum of classes, an objection that is answered, a silent party, a stream that must acknowledge, a voice
/// that is heard, and an appeal.
/// </summary>
internal sealed partial class ResponseWalk
{
    private string _activation = "";

    public async Task Activate(string disruption)
    {
        Response = Done(await Propose("relief", disruption));
        Refused(HttpStatusCode.Conflict, await Propose("carrier", disruption));
        _activation = await Ask(
            DecisionKind.Activation,
            disruption,
            scenario.ConsentParties,
            [Workstream.Norms]
        );
        Done(
            await Planner()
                .Do("responses", Response, "ask-activation", new { DecisionId = _activation })
        );
        foreach (string party in scenario.ConsentParties)
        {
            Done(
                await Speaker("relief")
                    .Do(
                        "decisions",
                        _activation,
                        "ask-consent",
                        new { Party = party, AskedAt = Now }
                    )
            );
        }

        Tell("A planner proposes a response; a second one to the same disruption is refused.");
        await Deliberate();
        Assert.Equal("active", await Standing("responses", Response));
        Answered closed = await site.Public.Get($"decisions/{_activation}");
        Assert.All(
            closed.State["consents"]!.AsArray(),
            consent => Assert.Equal("no-answer", consent!["consent"]!.GetValue<string>())
        );
        Tell("It is active without the consent of any State; their silence stays silence.");
    }

    /// <summary>Who was not heard asks others to look again; the response goes on until they have.</summary>
    public async Task Appeal()
    {
        Done(
            await (await Alone()).Do(
                "decisions",
                _activation,
                "lodge-appeal",
                new { Reason = "nobody asked those who live there" }
            )
        );
        object reopened = new { Outcome = AppealState.Reopened, Reason = "they shall be asked" };
        Refused(
            HttpStatusCode.Forbidden,
            await Speaker("carrier").Do("decisions", _activation, "hear-appeal", reopened)
        );
        Done(await (await Harbour()).Do("decisions", _activation, "hear-appeal", reopened));
        Assert.Equal("activation-reopened", await Standing("responses", Response));
        Tell("The one alone appeals. The harbour, which took no part, puts the question again.");

        Done(await Speaker("relief").Do("decisions", _activation, "close"));
        Assert.Equal("active", await Standing("responses", Response));
        Tell("The activation stands, and the response went on meanwhile.");
    }

    /// <summary>The question is put again, and this time people are against it: the response ends and names what is open.</summary>
    public async Task Fall()
    {
        await Reopen(_activation);
        await Refuse(_activation, _speakers);
        Answered ended = await site.Public.Get($"responses/{Response}");
        Assert.Equal("stood-down", ended.Standing);
        Assert.Equal(
            Commitments.Order(StringComparer.Ordinal),
            ended.State["standDown"]!["stillOpen"]!.AsArray().Select(one => one!.GetValue<string>())
        );
        Assert.NotEmpty(ended.State["standDown"]!["unmeasured"]!.AsArray());
        Assert.Equal(_speakers.Length + 1, ended.State["standDown"]!["dissent"]!.AsArray().Count);
        foreach (string commitment in Commitments)
        {
            Assert.Equal("pledged", await Standing("commitments", commitment));
        }
    }

    /// <summary>The adoption of the plan falls on appeal: no plan is adopted, and whoever promised still promises.</summary>
    public async Task FallPlan()
    {
        await Reopen(_adoption);
        JsonNode questioned = (await Planner().Get($"responses/{Response}")).State;
        string plan = questioned["adoptedPlan"]!.GetValue<string>();
        Assert.NotNull(Proposal(questioned, plan)["reopenedAt"]);
        await Refuse(_adoption, _speakers.Where(speaker => speaker != "carrier"));
        JsonNode fallen = (await Planner().Get($"responses/{Response}")).State;
        Assert.Null(fallen["adoptedPlan"]);
        Assert.Null(Proposal(fallen, plan)["adoptedBy"]);
        Assert.Equal(
            "the plan was not adopted",
            (await Planner().Do("responses", Response, "adopt-plan", new { PlanId = plan })).Body![
                "detail"
            ]!.GetValue<string>()
        );
        foreach (string commitment in Commitments)
        {
            Assert.Equal("pledged", await Standing("commitments", commitment));
        }
    }

    private static JsonNode Proposal(JsonNode response, string plan) =>
        response["plans"]!.AsArray().Single(one => one!["planId"]!.GetValue<string>() == plan)!;

    private async Task Reopen(string decision)
    {
        Done(
            await (await Alone()).Do(
                "decisions",
                decision,
                "lodge-appeal",
                new { Reason = "it draws fire" }
            )
        );
        Done(
            await (await Harbour()).Do(
                "decisions",
                decision,
                "hear-appeal",
                new { Outcome = AppealState.Reopened, Reason = "that was not known" }
            )
        );
    }

    private async Task Refuse(string decision, IEnumerable<string> speakers)
    {
        await Object(decision, speakers);
        Done(await Speaker("relief").Do("decisions", decision, "close"));
    }

    private async Task Object(string decision, IEnumerable<string> speakers)
    {
        foreach (string organisation in speakers)
        {
            Done(await Say(Speaker(organisation), decision, Stand.Object, "it draws fire"));
        }
    }

    private async Task Deliberate()
    {
        await Vote(_activation);
        Answered heard = await Say(
            await Alone(),
            _activation,
            Stand.Object,
            "it draws attention to us"
        );
        Done(heard);
        Assert.DoesNotContain("somebody-alone", heard.Text, StringComparison.Ordinal);
        Tell("Five classes speak, one objects and is answered; one who joined alone objects too.");

        ApiClient relief = Speaker("relief");
        Refused(HttpStatusCode.Conflict, await relief.Do("decisions", _activation, "close"));
        Done(
            await As(Role.LegalAnalyst, "university")
                .Do(
                    "decisions",
                    _activation,
                    "acknowledge-decision",
                    new
                    {
                        Stream = Workstream.Norms,
                        Answer = AcknowledgementAnswer.Notes,
                        Text = "freedom of expression and protection of relief are touched",
                    }
                )
        );
        Answered early = await relief.Do("decisions", _activation, "close");
        Refused(HttpStatusCode.Conflict, early);
        Assert.Contains("voice 1 is not answered", early.Text, StringComparison.Ordinal);
        Done(
            await relief.Do(
                "decisions",
                _activation,
                "close",
                new { AnswerToVoices = "no place is named anywhere" }
            )
        );
        JsonArray dissent = (await site.Public.Get($"decisions/{_activation}")).State[
            "dissent"
        ]!.AsArray();
        Assert.Equal(
            ["university", "voice 1"],
            dissent.Select(one => one!["who"]!.GetValue<string>()).Order(StringComparer.Ordinal)
        );
        Tell("It closes when the stream of norms has seen it and the voice is answered.");
    }

    private async Task<Answered> Propose(string organisation, string disruption) =>
        await As(Role.Planner, organisation)
            .Start(
                "responses",
                new
                {
                    DisruptionId = disruption,
                    Place = Area,
                    Reason = "people cannot be reached",
                    Marking = Marking.Public,
                }
            );
}
