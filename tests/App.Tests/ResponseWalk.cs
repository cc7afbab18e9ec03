using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Breakwater.Decisions;
using Breakwater.Feeds;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>
/// A response from the first report to its end, by people in eight roles and five organisations, through the API and nothing
/// else. Each step asserts that it was done.
/// </summary>
internal sealed class ResponseWalk(ApiSite site, Scenario scenario)
{
    private static readonly string[] _speakers =
    [
        "measurers",
        "relief",
        "carrier",
        "university",
        "families",
    ];

    private readonly Dictionary<string, string> _clearances = [];

    public string Response { get; private set; } = "";

    public IReadOnlyList<string> Commitments { get; private set; } = [];

    private Instant Now => site.Clock.Now;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What is known beforehand, and the first word that something is wrong.</summary>
    public async Task Sense()
    {
        Done(
            await (await site.As(Role.Planner, "relief")).Start(
                "baselines",
                new
                {
                    scenario.Country,
                    scenario.Populations,
                    scenario.NetworkShares,
                    scenario.Sites,
                    Reason = "published figures",
                }
            )
        );
        Answered report = await site.Public.Start(
            "reports",
            new
            {
                Place = new Place { Country = scenario.Country },
                State = ServiceState.Down,
                Service = Service.Messaging,
                Latitude = 15.512345,
                Longitude = 32.512345,
            }
        );
        Done(report);
        string id = report.Id;
        Assert.DoesNotContain(
            "512345",
            (await Analyst().Get($"reports/{id}")).Text,
            StringComparison.Ordinal
        );
        Done(await Analyst().Do("reports", id, "open-triage"));
        Answered followed = await site.Public.Do(
            "reports",
            id,
            "follow",
            null,
            new { CodeWord = report.Body!["codeWord"]!.GetValue<string>() }
        );
        Assert.Equal("in-triage", followed.Body!["standing"]!.GetValue<string>());
    }

    /// <summary>Measurements are handed in and judged; gives the disruption that weighs most.</summary>
    public async Task<string> Detect()
    {
        foreach (ScenarioSeries series in scenario.Series)
        {
            using var octets = new ByteArrayContent(series.File.Content.ToArray());
            octets.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            using HttpResponseMessage kept = await Analyst()
                .Http.PostAsync("/api/v1/evidence", octets, Cancel);
            Assert.Equal(HttpStatusCode.Created, kept.StatusCode);
            Done(
                await Analyst()
                    .Start(
                        "input-files",
                        new
                        {
                            series.File.Sha256,
                            Name = Path.GetFileName(series.File.Name),
                            series.Format,
                            series.Place,
                            series.Columns,
                            series.Origin,
                            series.ModelledColumns,
                            series.Marking,
                        }
                    )
            );
        }

        Answered told = await Analyst()
            .Start("detections", new { Place = new Place { Country = scenario.Country } });
        Assert.Equal(HttpStatusCode.OK, told.Status);
        var disruptions = new List<JsonNode>();
        foreach (JsonNode? disruption in told.Body!["disruptions"]!.AsArray())
        {
            disruptions.Add((await site.Public.Get($"disruptions/{disruption}")).Body!["body"]!);
        }

        return disruptions
            .Where(one => one["end"] is null && one["severity"]!.AsArray().Count > 0)
            .MaxBy(one => one["confidence"]!.GetValue<double>())!["id"]!.GetValue<string>();
    }

    /// <summary>A quorum of classes, an objection that is answered, a silent party, and a stream that must acknowledge.</summary>
    public async Task Activate(string disruption)
    {
        Answered proposed = await (await site.As(Role.Planner, "relief")).Start(
            "responses",
            new
            {
                DisruptionId = disruption,
                Place = new Place { Country = scenario.Country },
                Reason = "people cannot be reached",
                Marking = Marking.Public,
            }
        );
        Done(proposed);
        Response = proposed.Id;
        Answered twice = await (await site.As(Role.Planner, "carrier")).Start(
            "responses",
            new
            {
                DisruptionId = disruption,
                Place = new Place { Country = scenario.Country },
                Reason = "the same again",
                Marking = Marking.Public,
            }
        );
        Assert.Equal(HttpStatusCode.Conflict, twice.Status);

        string decision = await Ask(
            DecisionKind.Activation,
            disruption,
            scenario.ConsentParties,
            [Workstream.Norms]
        );
        Done(
            await (await site.As(Role.Planner, "relief")).Do(
                "responses",
                Response,
                "ask-activation",
                new { DecisionId = decision }
            )
        );
        foreach (string party in scenario.ConsentParties)
        {
            Done(
                await Speaker("relief")
                    .Do("decisions", decision, "ask-consent", new { Party = party, AskedAt = Now })
            );
        }

        await Vote(decision);
        Answered early = await Speaker("relief").Do("decisions", decision, "close");
        Assert.Equal(HttpStatusCode.Conflict, early.Status);
        Done(
            await (await site.As(Role.LegalAnalyst, "university")).Do(
                "decisions",
                decision,
                "acknowledge-decision",
                new
                {
                    Stream = Workstream.Norms,
                    Answer = AcknowledgementAnswer.Notes,
                    Text = "freedom of expression and protection of relief are touched",
                }
            )
        );
        Done(await Speaker("relief").Do("decisions", decision, "close"));
        Done(await Speaker("relief").Do("responses", Response, "activate-response"));
        Answered closed = await site.Public.Get($"decisions/{decision}");
        Assert.All(
            closed.State["consents"]!.AsArray(),
            consent => Assert.Equal("no-answer", consent!["consent"]!.GetValue<string>())
        );
    }

    /// <summary>Offers, permits, needs, options, and the choice of one.</summary>
    public async Task Plan()
    {
        await Clear();
        foreach (Offer offer in scenario.Offers)
        {
            Done(
                await Speaker("carrier")
                    .Start(
                        "offers",
                        new
                        {
                            offer.Id,
                            Terms = offer with
                            {
                                Stakeholder = "carrier",
                                Clearances = [.. offer.Clearances.Select(id => _clearances[id])],
                            },
                            Earmarks = Array.Empty<object>(),
                            Expires = (Instant?)null,
                            Marking = Marking.Public,
                        }
                    )
            );
        }

        ApiClient planner = await site.As(Role.Planner, "relief");
        Done(await planner.Do("responses", Response, "assess-needs"));
        Done(await planner.Do("responses", Response, "make-plans", new { scenario.BudgetUsd }));
        JsonArray plans = (await planner.Get($"responses/{Response}")).State["plans"]!.AsArray();
        Assert.NotEmpty(plans);
        string plan = plans[0]!["planId"]!.GetValue<string>();
        string decision = await Ask(DecisionKind.PlanAdoption, plan, [], []);
        await Vote(decision);
        Done(await Speaker("relief").Do("decisions", decision, "close"));
        Done(await planner.Do("responses", Response, "adopt-plan", new { PlanId = plan }));
        JsonArray pledged = (await planner.Get($"commitments?parent=response/{Response}")).Body![
            "items"
        ]!.AsArray();
        Commitments = [.. pledged.Select(item => item!["id"]!.GetValue<string>())];
        Assert.All(pledged, item => Assert.Equal("pledged", item!["standing"]!.GetValue<string>()));
    }

    /// <summary>Fuel for a site: no litre twice, and a witness who is neither depot nor carrier.</summary>
    public async Task Fuel()
    {
        ApiClient planner = await site.As(Role.Planner, "relief");
        var area = new Place { Country = scenario.Country };
        Answered depot = await planner.Start(
            "fuel-depots",
            new
            {
                Parent = $"response/{Response}",
                Name = "northern depot",
                Fuel = "diesel",
                Area = area,
                Position = (object?)null,
                Origin = Origin.Modelled,
                Marking = Community,
            }
        );
        Done(depot);
        Done(
            await planner.Do(
                "fuel-depots",
                depot.Id,
                "receive-fuel",
                new
                {
                    Litres = 500m,
                    From = "a supplier",
                    Proof = "delivery note",
                    Origin = Origin.Modelled,
                }
            )
        );
        Answered request = await planner.Start(
            "fuel-requests",
            new
            {
                Parent = $"response/{Response}",
                Site = "site-1",
                Area = area,
                Litres = 200m,
                NeededBy = Now + Duration.FromDays(2),
                Reason = "batteries last one day",
                Origin = Origin.Modelled,
                Marking = Community,
            }
        );
        Done(request);
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await Allocate(planner, depot.Id, request.Id, "too-much", 501m)).Status
        );
        Done(await Allocate(planner, depot.Id, request.Id, "first", 200m));
        Done(
            await planner.Do("fuel-depots", depot.Id, "dispatch-fuel", new { Allocation = "first" })
        );
        Done(
            await (await site.As(Role.Analyst, "families")).Do(
                "fuel-depots",
                depot.Id,
                "prove-delivery",
                new
                {
                    Allocation = "first",
                    Delivered = 190m,
                    LossReason = "ten litres were spilt",
                    Proof = "seen at the site",
                    Origin = Origin.Reported,
                }
            )
        );
        JsonArray followed = (await planner.Get($"fuel-requests/{request.Id}")).State[
            "allocations"
        ]!.AsArray();
        Assert.Equal("delivered", followed[0]!["state"]!.GetValue<string>());
    }

    /// <summary>From pledge to working, one step at a time; the supplier cannot say that it works.</summary>
    public async Task Deliver()
    {
        foreach (string commitment in Commitments)
        {
            Assert.Equal(
                HttpStatusCode.Conflict,
                (await Step("carrier", commitment, CommitmentState.Working)).Status
            );
            Done(await Step("carrier", commitment, CommitmentState.Cleared));
            Done(await Step("carrier", commitment, CommitmentState.Delivered));
            Assert.Equal(
                HttpStatusCode.Forbidden,
                (await Step("carrier", commitment, CommitmentState.Working)).Status
            );
            Done(await Step("families", commitment, CommitmentState.Working));
        }
    }

    /// <summary>What came back, as somebody else saw it; then the end, and what was learnt.</summary>
    public async Task End()
    {
        await site.Pass(scenario.AsOf - Now);
        Done(await Analyst().Do("responses", Response, "measure-restorations"));
        JsonArray restorations = (await site.Public.Get("restorations")).Body!["items"]!.AsArray();
        Assert.NotEmpty(restorations);
        string decision = await Ask(DecisionKind.StandDown, $"response/{Response}", [], []);
        Done(
            await Speaker("relief")
                .Do(
                    "responses",
                    Response,
                    "propose-stand-down",
                    new { DecisionId = decision, Reason = "service is measured again" }
                )
        );
        await Vote(decision);
        Done(await Speaker("relief").Do("decisions", decision, "close"));
        Done(
            await Speaker("relief")
                .Do(
                    "responses",
                    Response,
                    "stand-down",
                    new { Reason = "what is still promised goes on outside this response" }
                )
        );
        Done(
            await Analyst()
                .Do(
                    "responses",
                    Response,
                    "record-lesson",
                    new
                    {
                        Text = "agree on measurements before the next time",
                        Stream = Workstream.Measurement,
                    }
                )
        );
        Done(
            await Speaker("relief")
                .Do("responses", Response, "close-response", new { Reason = "lessons are written" })
        );
    }

    /// <summary>The roles that take no part in operations: a release and an opening by two people, and a roster.</summary>
    public async Task Govern()
    {
        foreach (
            (Role role, string action) in new[]
            {
                (Role.Publisher, "publish"),
                (Role.Custodian, "unseal"),
            }
        )
        {
            ApiClient first = await site.As(role, "relief");
            Answered proposed = await first.Start(
                "approvals",
                new
                {
                    Action = action,
                    Subject = $"response/{Response}",
                    Hash = new string('a', 64),
                    Reason = "asked for by those concerned",
                }
            );
            Done(proposed);
            object hash = new { Hash = new string('a', 64) };
            Assert.Equal(
                HttpStatusCode.Forbidden,
                (await first.Do("approvals", proposed.Id, "approve", hash)).Status
            );
            Done(
                await (await site.As(role, "university")).Do(
                    "approvals",
                    proposed.Id,
                    "approve",
                    hash
                )
            );
        }

        Done(
            await (await site.As(Role.Registrar, "relief")).Start(
                "duty-rosters",
                new
                {
                    Name = "night watch",
                    Roles = new[] { Role.Analyst },
                    Since = Now,
                    Until = Now + Duration.FromDays(7),
                    WarnBefore = Duration.FromHours(12),
                }
            )
        );
    }

    private static Marking Community { get; } = new(Distribution.Community, Tlp.Green);

    private ApiClient Analyst() => site.As(Role.Analyst, "measurers").GetAwaiter().GetResult();

    private ApiClient Speaker(string organisation) =>
        site.As(Role.Representative, organisation).GetAwaiter().GetResult();

    private async Task<string> Ask(
        DecisionKind kind,
        string subject,
        IReadOnlyList<string> parties,
        IReadOnlyList<Workstream> affected
    )
    {
        Answered opened = await Speaker("relief")
            .Start(
                "decisions",
                new
                {
                    Kind = kind,
                    Question = $"{kind}?",
                    Subject = subject,
                    Parent = $"response/{Response}",
                    Stream = Workstream.Mechanism,
                    AffectedStreams = affected,
                    scenario.QuorumClasses,
                    ConsentParties = parties,
                    Deadline = Now + Duration.FromHours(48),
                    Marking = Marking.Public,
                }
            );
        Done(opened);
        return opened.Id;
    }

    /// <summary>Four in favour and one against, whose objection is answered.</summary>
    private async Task Vote(string decision)
    {
        foreach (string organisation in _speakers)
        {
            bool objects = organisation == "university";
            Done(
                await Speaker(organisation)
                    .Do(
                        "decisions",
                        decision,
                        "take-position",
                        new
                        {
                            Stand = objects ? Stand.Object : Stand.Support,
                            Reason = objects ? "too much is modelled" : "people are cut off",
                        }
                    )
            );
        }

        Done(
            await Speaker("relief")
                .Do(
                    "decisions",
                    decision,
                    "answer-objection",
                    new { Stakeholder = "university", Text = "it is marked as modelled throughout" }
                )
        );
    }

    private async Task Clear()
    {
        foreach (Clearance clearance in scenario.Clearances)
        {
            Answered opened = await Speaker("carrier")
                .Start(
                    "clearances",
                    new
                    {
                        Parent = $"response/{Response}",
                        Permit = clearance.Kind,
                        Authority = "the authority in charge",
                        AuthorityOrganisation = (string?)null,
                        About = "what the offers need",
                        Place = new Place { Country = scenario.Country },
                        Waiting = Array.Empty<string>(),
                        RemindAfterDays = 3,
                        EscalateAfterDays = 7,
                        EscalateTo = "the authority above",
                        Origin = Origin.Modelled,
                        Marking = Community,
                    }
                );
            Done(opened);
            _clearances[clearance.Id] = opened.Id;
            Done(
                await Speaker("carrier")
                    .Do(
                        "clearances",
                        opened.Id,
                        "ask-authority",
                        new { AskedAt = Now, Channel = "letter" }
                    )
            );
            Assert.Equal("no-answer", (await Analyst().Get($"clearances/{opened.Id}")).Standing);
            Done(
                await Speaker("carrier")
                    .Do(
                        "clearances",
                        opened.Id,
                        "answer-clearance",
                        new
                        {
                            Answer = ClearanceAnswer.NotRequired,
                            AnsweredAt = Now,
                            EffectiveAt = (Instant?)null,
                            Until = (Instant?)null,
                            Conditions = Array.Empty<string>(),
                            Reason = "modelled: none is required for this walk",
                            Proof = "the answer in writing",
                            Origin = Origin.Modelled,
                        }
                    )
            );
        }
    }

    private Task<Answered> Allocate(
        ApiClient planner,
        string depot,
        string request,
        string name,
        decimal litres
    ) =>
        planner.Do(
            "fuel-depots",
            depot,
            "allocate-fuel",
            new
            {
                Allocation = name,
                Request = request,
                Site = "site-1",
                Litres = litres,
                Carrier = "carrier",
                ExpiresAt = Now + Duration.FromDays(1),
            }
        );

    private Task<Answered> Step(string organisation, string commitment, CommitmentState to) =>
        Speaker(organisation)
            .Do(
                "commitments",
                commitment,
                "advance",
                new { To = to, Proof = $"seen by {organisation}" }
            );

    private static void Done(Answered answered) =>
        Assert.True(
            answered.Status
                is HttpStatusCode.OK
                    or HttpStatusCode.Created
                    or HttpStatusCode.NoContent,
            $"{answered.Status}: {answered.Text}"
        );
}
