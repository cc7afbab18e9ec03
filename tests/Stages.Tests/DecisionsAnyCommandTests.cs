using System.Collections.Concurrent;
using System.Text.Json;
using Breakwater.Decisions;
using Breakwater.Decisions.Acknowledging;
using Breakwater.Decisions.Answering;
using Breakwater.Decisions.Appealing;
using Breakwater.Decisions.Closing;
using Breakwater.Decisions.Committing;
using Breakwater.Decisions.Consenting;
using Breakwater.Decisions.Crossing;
using Breakwater.Decisions.Offering;
using Breakwater.Decisions.Opening;
using Breakwater.Decisions.Positioning;
using Breakwater.Decisions.Recusing;
using Breakwater.Decisions.Responding;
using Breakwater.Plans;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.DecisionsFixture;
using static Breakwater.Stages.Tests.NeedsFixture;
using static Breakwater.Stages.Tests.PlansFixture;

namespace Breakwater.Stages.Tests;

/// <summary>Any command by anybody at any time: nothing throws, and what is stored is what was seen.</summary>
public sealed class DecisionsAnyCommandTests
{
    /// <param name="Kind">Which command.</param>
    /// <param name="Who">By whom.</param>
    /// <param name="Later">Hours after the act before; below zero for a clock that went back.</param>
    /// <param name="Choice">Which of the values that it takes.</param>
    private sealed record Act(int Kind, int Who, int Later, int Choice);

    private static readonly Gen<Act[]> Acts = Gen.Select(
        Gen.Int[0, 99],
        Gen.Int[0, 9],
        Gen.Frequency((20, Gen.Int[0, 3]), (1, Gen.Int[4, 300]), (1, Gen.Int[-10, -1])),
        Gen.Int[0, 999],
        (kind, who, later, choice) => new Act(kind, who, later, choice)
    ).Array[0, 100];

    private static readonly string[] Strings =
    [
        "as said",
        "",
        " ",
        null!,
        "an organisation 1",
        "a regulator",
        "decision-1",
        "plan-1",
        new('x', 4_001),
        "\ud800 lone, \0 and ‮ turned",
    ];

    private static Participant By(int who)
    {
        var kind = (StakeholderClass)(who % 7);
        return who == 9
            ? Alone("a person 1", kind)
            : Speaker(
                $"an organisation {who % 8}",
                kind,
                $"a person {who}",
                who % 3 == 0
                    ? [Role.Representative, Role.LegalAnalyst, Role.Analyst]
                    : [Role.Representative, Role.Planner]
            );
    }

    /// <summary>One subject, its events as stored, and every check that holds after any command.</summary>
    private sealed class Subject<TState, TEvent>(Func<TState, Instant, Decided<TEvent>> elapse)
        where TState : class, ISubject<TState, TEvent>
        where TEvent : class
    {
        private readonly List<(Type Type, byte[] Octets)> _stored = [];

        public IEnumerable<string> Happened => _stored.Select(one => one.Type.Name);

        public TState? State { get; private set; }

        public void Try(Func<TState?, Decided<TEvent>> command)
        {
            Decided<TEvent> decided = command(State);
            Assert.True(decided.Refusal is null || decided.Events.Count == 0);
            Take(decided);
            if (decided.Events.Count > 0)
            {
                Assert.Empty(command(State).Events);
            }

            Assert.Equal(
                State is null ? "" : Bytes(State),
                Again() is { } again ? Bytes(again) : ""
            );
        }

        public void Sleep(Instant now)
        {
            while (State?.DueAt <= now)
            {
                Take(elapse(State!, now));
                Assert.False(State!.DueAt <= now);
            }
        }

        /// <summary>The fold of what was stored, read back.</summary>
        private TState? Again() =>
            _stored
                .Select(one =>
                    (TEvent)JsonSerializer.Deserialize(one.Octets, one.Type, Json.Compact)!
                )
                .Aggregate((TState?)null, (before, happened) => TState.Apply(before, happened));

        private void Take(Decided<TEvent> decided)
        {
            Assert.Null(decided.Events.Count > 0 ? decided.Refusal : null);
            foreach (TEvent happened in decided.Events)
            {
                _stored.Add((happened.GetType(), CanonicalJson.Of(happened)));
                State = TState.Apply(State, happened);
                _ = (State.Id, State.Standing, State.DueAt, State.Place, State.Words, State.Parent);
            }
        }
    }

    private sealed class World
    {
        private readonly Subject<Decision, DecisionEvent> _decision = new(Decision.Elapse);
        private readonly Subject<Commitment, CommitmentEvent> _commitment = new(Commitment.Elapse);
        private readonly Subject<StandingOffer, OfferEvent> _offer = new(StandingOffer.Elapse);
        private readonly Subject<Response, ResponseEvent> _response = new(Response.Elapse);
        private readonly Subject<CrossStreamAct, CrossStreamActEvent> _act = new(
            CrossStreamAct.Elapse
        );

        public IEnumerable<string> Happened =>
            [
                .. _decision.Happened,
                .. _commitment.Happened,
                .. _offer.Happened,
                .. _response.Happened,
                .. _act.Happened,
            ];

        public void Do(Act act, Instant now)
        {
            string text = Strings[act.Choice % Strings.Length];
            Participant by = By(act.Who);
            if (act.Kind < 10)
            {
                Open(act, by, now);
            }
            else if (act.Kind < 45)
            {
                Deliberate(act, text, by, now);
            }
            else if (act.Kind < 60)
            {
                Commit(act, text, by, now);
            }
            else if (act.Kind < 92)
            {
                Respond(act, text, by, now);
            }
            else if (act.Kind < 95)
            {
                _act.Try(state =>
                    AcknowledgeAct.Decide(
                        state,
                        new AcknowledgeAct(
                            (Workstream)(act.Choice % 5),
                            (AcknowledgementAnswer)(act.Choice % 4),
                            text
                        ),
                        by,
                        now
                    )
                );
            }
            else
            {
                _decision.Sleep(now);
                _commitment.Sleep(now);
                _offer.Sleep(now);
                _response.Sleep(now);
                _act.Sleep(now);
            }
        }

        private void Open(Act act, Participant by, Instant now)
        {
            var kind = (DecisionKind)(act.Choice % 8);
            OpenDecision question = Question(kind, act.Choice / 8 % 4, Workstream.Norms) with
            {
                Subject = act.Choice % 2 == 0 ? "disruption-1" : "response-1",
                Deadline = now + Duration.FromHours(act.Choice % 100),
            };
            _decision.Try(state => OpenDecision.Decide(state, question, by, now));
            _response.Try(state =>
                ProposeResponse.Decide(
                    state,
                    new ProposeResponse(
                        "response-1",
                        "disruption-1",
                        Sudan,
                        "a reason",
                        Marking.Public
                    ),
                    by,
                    now
                )
            );
            Offer terms = OfferOf("kit", quantity: act.Choice % 5) with
            {
                Stakeholder = by.Organisation ?? "nobody",
            };
            _offer.Try(state =>
                MakeOffer.Decide(
                    state,
                    new MakeOffer("kit", terms, [], now + Duration.FromHours(300), Marking.Public),
                    by,
                    now
                )
            );
            _act.Try(state =>
                OpenCrossStreamAct.Decide(
                    state,
                    new OpenCrossStreamAct(
                        "act-1",
                        "something",
                        "plan/1",
                        (Workstream)(act.Choice % 5),
                        [Workstream.Norms, Workstream.Governance],
                        Marking.Public
                    ),
                    by,
                    now
                )
            );
            _commitment.Try(state =>
                Pledge.Decide(
                    state,
                    new Pledge
                    {
                        Id = "commitment-1",
                        PlanId = "plan-1",
                        OfferId = "kit",
                        Stakeholder = "an organisation 1",
                        Asset = "kit",
                        Place = Sudan,
                        PlaceName = "Sudan",
                        Service = Service.Web,
                        Units = act.Choice - 10,
                        Civilians = 1,
                        Responders = 0,
                        ExpectedBy = now + Duration.FromHours(act.Choice),
                        ConfirmEvery = Duration.FromHours(act.Choice),
                        Until = now + Duration.FromHours(3 * act.Choice),
                        Proof = "decision-1",
                        Origin = Origin.Reported,
                        Marking = Marking.Public,
                    },
                    by,
                    now
                )
            );
        }

        private void Deliberate(Act act, string text, Participant by, Instant now)
        {
            int command = act.Choice % 3 == 0 ? act.Kind % 12 : Next(_decision.State, act.Choice);
            // Mostly for it at first and against it on appeal, so that something falls.
            Stand lean = _decision.State?.ReopenedAt is null ? Stand.Support : Stand.Object;
            _decision.Try(state =>
                command switch
                {
                    0 or 1 or 2 or 3 => TakePosition.Decide(
                        state,
                        new TakePosition(
                            act.Choice % 4 == 0 ? (Stand)(act.Choice / 4 % 6) : lean,
                            act.Choice % 5 == 0 ? text : "as said",
                            act.Choice % 7 == 0 ? text : null
                        ),
                        by,
                        now
                    ),
                    4 => Recuse.Decide(state, new Recuse(text, act.Choice % 2 == 0), by, now),
                    5 => AnswerObjection.Decide(
                        state,
                        new AnswerObjection($"an organisation {act.Choice % 4}", text),
                        by,
                        now
                    ),
                    6 => AskConsent.Decide(
                        state,
                        new AskConsent(text, now + Duration.FromHours(act.Choice % 3 - 2)),
                        by,
                        now
                    ),
                    7 => RecordConsent.Decide(
                        state,
                        new RecordConsent(
                            "a regulator",
                            (Consent)(act.Choice % 5),
                            act.Choice % 2 == 0 ? now : null,
                            text
                        ),
                        by,
                        now
                    ),
                    8 => AcknowledgeDecision.Decide(
                        state,
                        new AcknowledgeDecision(
                            act.Choice % 3 == 0
                                ? (Workstream)(act.Choice / 3 % 5)
                                : Workstream.Norms,
                            (AcknowledgementAnswer)(act.Choice % 4),
                            text
                        ),
                        by,
                        now
                    ),
                    9 => Close.Decide(state, new Close(), by, now),
                    10 => LodgeAppeal.Decide(state, new LodgeAppeal(text), by, now),
                    _ => HearAppeal.Decide(
                        state,
                        new HearAppeal((AppealState)(act.Choice % 4), text),
                        by,
                        now
                    ),
                }
            );
        }

        private void Commit(Act act, string text, Participant by, Instant now)
        {
            // Mostly what is next, so that some get far.
            CommitmentState to =
                act.Choice % 3 == 0
                    ? (CommitmentState)(act.Choice % 8)
                    : (_commitment.State?.State ?? CommitmentState.Pledged) + 1;
            Offer terms = (_offer.State?.Terms ?? OfferOf("kit")) with
            {
                Quantity = act.Choice % 4,
            };
            _commitment.Try(state =>
                act.Choice % 12 == 6 ? AcceptHandOver.Decide(state, new AcceptHandOver(), by, now)
                : act.Choice % 6 == 0
                    ? HandOver.Decide(state, new HandOver(text, "the response ends"), by, now)
                : Advance.Decide(
                    state,
                    new Advance(
                        to,
                        act.Choice % 5 == 0 ? text : "a letter",
                        NextConfirmationBy: act.Choice % 7 == 0
                            ? now + Duration.FromHours(act.Choice)
                            : null
                    ),
                    by,
                    now
                )
            );
            _offer.Try(state =>
                act.Choice % 9 == 0
                    ? WithdrawOffer.Decide(state, new WithdrawOffer(text), by, now)
                    : ChangeOffer.Decide(
                        state,
                        new ChangeOffer(terms, [], now + Duration.FromHours(act.Choice), text),
                        by,
                        now
                    )
            );
        }

        /// <summary>
        /// Mostly the one decision as if it had been of the kind that is asked for; a response needs several to get far.
        /// </summary>
        private Decision? Decided(DecisionKind kind, string subject, int choice) =>
            choice % 9 == 0 ? _decision.State
            : _decision.State is { } decision
                ? decision with
                {
                    Id = $"{kind}",
                    Kind = kind,
                    Subject = subject,
                }
            : null;

        /// <summary>What is next, so that some get far.</summary>
        private static int Next(Decision? decision, int choice) =>
            decision switch
            {
                { Outcome: DecisionOutcome.Open, WaitsFor: [_, ..] } => 8,
                { Outcome: DecisionOutcome.Open, Positions.Count: > 2 } when choice % 2 == 0 => 9,
                { Outcome: DecisionOutcome.Open } or null => 0,
                _ when decision.Appeals.Any(appeal => appeal.State == AppealState.Open) => 11,
                _ => 10,
            };

        /// <inheritdoc cref="Next(Decision?, int)"/>
        private static int Next(Response? response, int choice) =>
            response switch
            {
                { ActivationDecision: null } => 0,
                { State: ResponseState.Proposed } => 1,
                { State: ResponseState.Active, Plans: [] } => 4,
                { State: ResponseState.Active, AdoptedPlan: null } => 5,
                { State: ResponseState.Active } when choice % 4 < 2 => 13,
                { State: ResponseState.Active, StandDownDecision: null } => 8,
                { State: ResponseState.Active } => 9,
                { State: ResponseState.NotActivated } => 12,
                _ => 14,
            };

        private void Respond(Act act, string text, Participant by, Instant now)
        {
            Decision? activation = Decided(DecisionKind.Activation, "disruption-1", act.Choice);
            Decision? adoption = Decided(DecisionKind.PlanAdoption, "plan-1", act.Choice);
            Decision? ending = Decided(DecisionKind.StandDown, "response-1", act.Choice);
            var unfinished = Unfinished.Of(_commitment.State is { } kept ? [kept] : [], []);
            int command = act.Choice % 3 == 0 ? act.Kind % 16 : Next(_response.State, act.Choice);
            _response.Try(state =>
                command switch
                {
                    0 => AskActivation.Decide(
                        state,
                        new AskActivation(activation?.Id ?? text) { Decision = activation },
                        by,
                        now
                    ),
                    1 or 2 => ActivateResponse.Decide(
                        state,
                        new ActivateResponse { Decision = activation },
                        by,
                        now
                    ),
                    3 => RecordNeeds.Decide(
                        state,
                        new RecordNeeds(act.Choice % 5 == 0 ? null! : [text]),
                        by,
                        now
                    ),
                    4 => ProposePlan.Decide(state, new ProposePlan("plan-1", text), by, now),
                    5 => AdoptPlan.Decide(
                        state,
                        new AdoptPlan("plan-1") { Decision = adoption },
                        by,
                        now
                    ),
                    6 => SetPlanHand.Decide(
                        state,
                        new SetPlanHand(
                            [new FixedPlacement(text, Sudan, act.Choice - 5)],
                            act.Choice % 4 == 0 ? null! : [],
                            act.Choice - 5,
                            "a reason"
                        ),
                        by,
                        now
                    ),
                    7 => MeetClock.Decide(
                        state,
                        new MeetClock((ServiceClock)(act.Choice % 3), "restoration-1")
                        {
                            Return =
                                act.Choice % 2 == 0
                                    ? null
                                    : new MeasuredReturn(
                                        "restoration-1",
                                        "disruption-1",
                                        Sudan,
                                        "routes",
                                        "a prober",
                                        now,
                                        true
                                    ),
                        },
                        by,
                        now
                    ),
                    8 => ProposeStandDown.Decide(
                        state,
                        new ProposeStandDown(ending?.Id ?? text, text) { Decision = ending },
                        by,
                        now
                    ),
                    9 => StandDown.Decide(
                        state,
                        new StandDown(text) { Decision = ending, Unfinished = unfinished },
                        by,
                        now
                    ),
                    10 => RecordLesson.Decide(
                        state,
                        new RecordLesson(text, (Workstream)(act.Choice % 5)),
                        by,
                        now
                    ),
                    11 => NoteLostOffer.Decide(
                        state,
                        new NoteLostOffer("kit", now) { PlanIds = ["plan-1", text] },
                        by,
                        now
                    ),
                    12 => activation is null
                        ? Decided<ResponseEvent>.Nothing
                        : FollowActivation.Decide(
                            state,
                            new FollowActivation { Decision = activation, Unfinished = unfinished },
                            by,
                            now
                        ),
                    13 => adoption is null
                        ? Decided<ResponseEvent>.Nothing
                        : FollowAdoption.Decide(
                            state,
                            new FollowAdoption { Decision = adoption },
                            by,
                            now
                        ),
                    14 => ending is null
                        ? Decided<ResponseEvent>.Nothing
                        : FollowStandDown.Decide(
                            state,
                            new FollowStandDown
                            {
                                Decision = act.Choice % 2 == 0 ? ending : activation!,
                                Activation = act.Choice % 4 == 0 ? null : activation,
                                OnTheSame =
                                    act.Choice % 5 == 0 && state is not null
                                        ?
                                        [
                                            state with
                                            {
                                                Id = "response-2",
                                                State = ResponseState.Active,
                                            },
                                        ]
                                        : [],
                            },
                            by,
                            now
                        ),
                    _ => CloseResponse.Decide(state, new CloseResponse(text), by, now),
                }
            );
        }
    }

    [Fact]
    public void INV_16_Any_commands_in_any_order_never_throw_and_what_is_stored_is_what_was_seen()
    {
        var reached = new ConcurrentDictionary<string, int>();
        Acts.Sample(
            acts =>
            {
                var world = new World();
                world.Do(new Act(0, 0, 0, 8 * 10), Hour(0));
                Instant now = Hour(0);
                foreach (Act act in acts)
                {
                    now += Duration.FromHours(act.Later);
                    world.Do(act, now);
                }

                foreach (string name in world.Happened)
                {
                    reached.AddOrUpdate(name, 1, (_, before) => before + 1);
                }
            },
            iter: 1_500
        );
        // A draw that is refused everywhere would show nothing.
        Assert.True(reached.Count >= 38, string.Join(", ", reached));
    }
}
