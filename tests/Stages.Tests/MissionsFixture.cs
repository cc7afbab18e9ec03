using System.Collections.Concurrent;
using System.Text.Json;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Missions;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>A subject lived through in a test: every event and every state goes through the stored form and back.</summary>
internal sealed class Life<TState, TEvent>(
    Func<TState?, TEvent, TState> apply,
    Func<TState, Instant?> dueAt,
    Func<TState, Instant, Decided<TEvent>>? elapse = null
)
    where TState : class
    where TEvent : class
{
    public TState? State { get; private set; }

    public List<TEvent> Events { get; } = [];

    public TState Now => State ?? throw new InvalidOperationException("it has not begun");

    public Life<TState, TEvent> Do(Func<TState?, Decided<TEvent>> decide)
    {
        Assert.Null(Try(decide));
        return this;
    }

    public Refusal? Try(Func<TState?, Decided<TEvent>> decide)
    {
        Decided<TEvent> decided = decide(State);
        Assert.True(decided.Refusal is null || decided.Events.Count == 0);
        foreach (TEvent happened in decided.Events)
        {
            var stored = (TEvent)Stored(happened);
            Events.Add(stored);
            State = apply(State, stored);
        }

        State = State is null ? null : (TState)Stored(State);

        return decided.Refusal;
    }

    /// <summary>Lets time pass as the application does, and checks that it leads somewhere.</summary>
    public Life<TState, TEvent> Elapse(Instant now)
    {
        if (State is not null && elapse is not null)
        {
            bool isDue = dueAt(State) <= now;
            int before = Events.Count;
            Do(state => elapse(state!, now));
            Assert.Equal(isDue, Events.Count > before);
            Assert.True(dueAt(Now) is not { } due || due > now);
        }

        return this;
    }

    private static object Stored(object value)
    {
        byte[] octets = CanonicalJson.Of(value);
        object read = JsonSerializer.Deserialize(octets, value.GetType(), Json.Compact)!;
        Assert.Equal(octets, CanonicalJson.Of(read));
        return read;
    }
}

/// <summary>Which events random lives came to: a property over lives that never began proves nothing.</summary>
internal sealed class Reached<TEvent>
    where TEvent : class
{
    private readonly ConcurrentDictionary<Type, int> _seen = new();

    public void Add(IEnumerable<TEvent> events)
    {
        foreach (TEvent happened in events)
        {
            _seen.AddOrUpdate(happened.GetType(), 1, (_, count) => count + 1);
        }
    }

    public void AssertAll() =>
        Assert.Empty(
            typeof(TEvent)
                .Assembly.GetTypes()
                .Where(type => type.BaseType == typeof(TEvent) && !_seen.ContainsKey(type))
                .Select(type => type.Name)
        );
}

internal static class MissionsFixture
{
    public static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    public static readonly Marking Partners = new(Distribution.Partners, Tlp.Amber);

    public static readonly Place Region = Place.OfArea("SD", "Khartoum", "Bahri");

    public static readonly Participant Lead = Of("lead", "repair-team");

    public static readonly Participant Crew = Of("crew", "repair-team");

    public static readonly Participant First = Of("first", "coordinator");

    public static readonly Participant Second = Of("second", "relief-group");

    public static readonly Participant Safety = new(
        "safety",
        null,
        StakeholderClass.CivilSociety,
        new HashSet<Role>()
    );

    public static readonly Participant Stranger = Of("stranger", "elsewhere");

    public static readonly Participant Ministry = Of(
        "clerk",
        "ministry",
        StakeholderClass.Government
    );

    public static Participant Of(
        string person,
        string organisation,
        StakeholderClass stakeholderClass = StakeholderClass.CivilSociety
    ) => new(person, organisation, stakeholderClass, new HashSet<Role> { Role.Planner });

    public static Instant In(double hours) => Noon + Duration.FromMinutes((long)(hours * 60));

    /// <summary>Ciphertext as long as the shortest that there is.</summary>
    public static SealedField Box(byte fill = 7) =>
        new("mission/m1", Convert.ToBase64String(Enumerable.Repeat(fill, 48).ToArray()));

    public static MissionTerms Terms(
        IReadOnlyList<string>? clearances = null,
        int everyMinutes = 60,
        int graceMinutes = 30
    ) =>
        new(
            MissionPurpose.Repair,
            "commitment/c1",
            Region,
            Box(1),
            [Box(2), Box(3)],
            Box(4),
            2,
            ["splice kit"],
            In(2),
            In(48),
            clearances ?? ["access"],
            ["repair-team"],
            ["safety"],
            everyMinutes,
            graceMinutes
        );

    public static Life<ClearanceFile, ClearanceEvent> NewClearance() =>
        new(ClearanceFile.Apply, state => state.DueAt, ClearanceFile.Elapse);

    public static Life<ClearanceFile, ClearanceEvent> Opened(
        string id = "access",
        ClearanceKind permit = ClearanceKind.Access
    ) =>
        NewClearance()
            .Do(state =>
                OpenClearance.Decide(
                    state,
                    new(
                        id,
                        "response/r1",
                        permit,
                        "a ministry of transport",
                        "ministry",
                        "to enter the area with a splice kit",
                        Region,
                        ["mission/m1"],
                        3,
                        10,
                        "the head of the coordinator",
                        Origin.Reported,
                        Partners
                    ),
                    Lead,
                    Noon
                )
            );

    public static Life<ClearanceFile, ClearanceEvent> Asked(
        string id = "access",
        ClearanceKind permit = ClearanceKind.Access
    ) =>
        Opened(id, permit).Do(state => AskAuthority.Decide(state, new(Noon, "letter"), Lead, Noon));

    public static AnswerClearance Answer(
        ClearanceAnswer answer,
        Instant? from = null,
        Instant? until = null,
        string reason = "",
        string proof = "letter 12"
    ) => new(answer, Noon, from, until, [], reason, proof, Origin.Reported);

    public static ClearanceFile Given(string id = "access", Instant? until = null) =>
        Asked(id)
            .Do(state =>
                AnswerClearance.Decide(
                    state,
                    Answer(ClearanceAnswer.Given, Noon, until),
                    Ministry,
                    Noon
                )
            )
            .Now;

    public static Life<Mission, MissionEvent> NewMission() =>
        new(Mission.Apply, state => state.DueAt, Mission.Elapse);

    public static Life<Mission, MissionEvent> Proposed(MissionTerms? terms = null) =>
        NewMission()
            .Do(state =>
                ProposeMission.Decide(
                    state,
                    new("m1", "response/r1", terms ?? Terms(), Origin.Reported, Partners),
                    Lead,
                    Noon
                )
            );

    public static Life<Mission, MissionEvent> Approved(MissionTerms? terms = null)
    {
        Life<Mission, MissionEvent> life = Proposed(terms);
        foreach (Participant person in (Participant[])[First, Second])
        {
            life.Do(state =>
                ApproveMission.Decide(state, new(state!.TermsId), [Given()], person, Noon)
            );
        }

        return life;
    }

    /// <summary>Two hours after noon the crew left.</summary>
    public static Life<Mission, MissionEvent> UnderWay(MissionTerms? terms = null) =>
        Approved(terms).Do(state => StartMission.Decide(state, new(), [Given()], Lead, In(2)));

    public static Life<Notification, NotificationEvent> NewNotification() =>
        new(Notification.Apply, state => state.DueAt, Notification.Elapse);

    public static Life<Notification, NotificationEvent> Prepared() =>
        NewNotification()
            .Do(state =>
                PrepareNotification.Decide(
                    state,
                    new("n1", "m1", "an armed force", Region, Box(9), 24, Partners),
                    Lead,
                    Noon
                )
            );

    public static Life<Notification, NotificationEvent> Sent() =>
        Prepared()
            .Do(state => SendNotification.Decide(state, new(Noon, "liaison", ""), Lead, Noon));
}
