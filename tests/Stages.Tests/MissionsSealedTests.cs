using System.Reflection;
using System.Text;
using Breakwater.Decisions.Clearances;
using Breakwater.Decisions.Missions;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.MissionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>INV-07 in the field, and any commands in any order.</summary>
public sealed class MissionsSealedTests
{
    private const string Position = "15.60313, 32.52634";

    private static readonly ClearanceFile _given = Given();

    private static readonly ClearanceFile _silent = Asked().Now;

    private static readonly string?[] _texts =
    [
        "m1",
        "",
        null,
        " ",
        "\0",
        "\udc00",
        new string('x', 5_000),
        Position,
    ];

    [Fact]
    public void INV_07_No_event_of_the_field_has_a_member_that_could_hold_a_position_in_clear()
    {
        Type[] events =
        [
            .. typeof(MissionEvent)
                .Assembly.GetTypes()
                .Where(type =>
                    type.BaseType == typeof(MissionEvent)
                    || type.BaseType == typeof(NotificationEvent)
                    || type.BaseType == typeof(ClearanceEvent)
                    || type == typeof(MissionTerms)
                ),
        ];
        Assert.True(events.Length > 25);
        Assert.DoesNotContain(
            events.SelectMany(type => type.GetProperties()),
            member =>
                (Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType) is var type
                && (type == typeof(double) || type == typeof(decimal) || type == typeof(float))
        );
        Assert.Equal(
            ["Crew", "Details", "Site", "Vehicle"],
            events
                .SelectMany(type => type.GetProperties())
                .Where(member => IsSealed(member.PropertyType))
                .Select(member => member.Name)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void INV_07_A_check_in_has_a_word_and_no_place() =>
        Assert.Equal(
            ["Word"],
            typeof(CheckIn)
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(member => member.Name)
        );

    [Fact]
    public void INV_07_What_is_not_sealed_is_refused_as_a_position_a_name_or_a_vehicle()
    {
        var open = new SealedField("mission/m1", Position);
        var plain = new SealedField(
            "mission/m1",
            Convert.ToBase64String(Encoding.UTF8.GetBytes(Position))
        );
        foreach (SealedField field in (SealedField[])[open, plain, new("", Box().Box)])
        {
            Assert.NotNull(Propose(Terms() with { Site = field }));
            Assert.NotNull(Propose(Terms() with { Crew = [Box(), field] }));
            Assert.NotNull(Propose(Terms() with { Vehicle = field }));
        }
    }

    [Fact]
    public void INV_07_An_area_in_clear_is_a_region_and_not_a_point()
    {
        Assert.NotNull(Propose(Terms() with { Area = Place.OfArea("SD", Position) }));
        Assert.NotNull(Propose(Terms() with { Area = Place.OfArea("SD", "a", "b", "c", "d") }));
        Assert.NotNull(
            Propose(
                Terms() with
                {
                    Area = new() { Country = "SD", Asn = new Asn(64500) },
                }
            )
        );
        Assert.Null(Propose(Terms() with { Area = Place.OfCountry("SD") }));
    }

    [Fact]
    public void INV_07_Any_commands_in_any_order_never_throw_and_put_no_position_in_clear()
    {
        var reached = new Reached<MissionEvent>();
        Gen.Select(Gen.Int[0, 13], Gen.Int[-20, 120], Gen.Int[0, 7], Gen.Bool)
            .Array[0, 60]
            .Sample(
                steps =>
                {
                    Life<Mission, MissionEvent> life = NewMission();
                    int minute = 0;
                    foreach ((int what, int minutes, int which, bool isOdd) in steps)
                    {
                        minute += minutes;
                        Instant now = In(minute / 60.0);
                        life.Try(state =>
                            isOdd ? Step(state, what, which, now) : Next(state, which, now)
                        );
                        life.Elapse(now);
                    }

                    AssertSound(life.Events);
                    reached.Add(life.Events);
                },
                iter: 1_000
            );
        reached.AssertAll();
    }

    private static void AssertSound(List<MissionEvent> events)
    {
        Assert.DoesNotContain(
            events,
            happened =>
                Encoding
                    .UTF8.GetString(CanonicalJson.Of(happened))
                    .Contains(Position, StringComparison.Ordinal)
        );
        int start = events.FindIndex(happened => happened is MissionStarted);
        if (start >= 0)
        {
            int terms = events.FindLastIndex(
                start,
                happened => happened is MissionProposed or MissionRevised
            );
            Assert.Equal(
                2,
                events[terms..start]
                    .OfType<MissionApproved>()
                    .Select(approval => approval.Organisation)
                    .Distinct()
                    .Count()
            );
        }
    }

    /// <summary>What people would do next if all went well, now and then by another of the same organisation.</summary>
    private static Decided<MissionEvent> Next(Mission? state, int which, Instant now) =>
        state switch
        {
            null => ProposeMission.Decide(
                null,
                new(
                    "m1",
                    null,
                    Terms() with
                    {
                        Until = In(which < 4 ? 6 : 48),
                    },
                    Origin.Reported,
                    Partners
                ),
                Lead,
                now
            ),
            { State: MissionState.Proposed } => ApproveMission.Decide(
                state,
                new(state.TermsId),
                [_given],
                ((Participant[])[First, Of("other", "coordinator"), Second, Second])[which % 4],
                now
            ),
            { State: MissionState.Approved } => StartMission.Decide(
                state,
                new(),
                [_given],
                Lead,
                now
            ),
            { State: MissionState.UnderWay } when which == 0 => CompleteMission.Decide(
                state,
                new(MissionOutcome.Delivered, new(0, null, 0), "", Origin.Reported),
                Crew,
                now
            ),
            // A permit is lost and comes back.
            { State: MissionState.UnderWay } when which is 2 or 3 => NotePermit.Decide(
                state,
                new(),
                state.Alarms.Any(alarm => alarm.Reason == AlarmReason.PermitLost)
                    ? _given
                    : _silent,
                Lead,
                now
            ),
            { Watch: not null } when which == 1 => CheckIn.Decide(
                state,
                new(CheckInWord.AllWell),
                Crew,
                now
            ),
            { State: MissionState.Completed } => CloseMission.Decide(
                state,
                new("lessons"),
                Lead,
                now
            ),
            _ => Decided<MissionEvent>.Nothing,
        };

    private static Decided<MissionEvent> Step(Mission? state, int what, int which, Instant now)
    {
        string text = _texts[which]!;
        Participant by = ((Participant[])[Lead, Crew, First, Second, Safety, Stranger])[which % 6];
        ClearanceFile access = which == 7 ? _silent : _given;
        return what switch
        {
            0 or 1 => ProposeMission.Decide(
                state,
                new("m1", which == 0 ? null : text, Odd(which), Origin.Reported, Partners),
                Lead,
                now
            ),
            2 => ReviseMission.Decide(state, new(Odd(which), text), by, now),
            3 => ApproveMission.Decide(state, new(text), [access], by, now),
            4 or 5 => ApproveMission.Decide(
                state,
                new(state?.TermsId ?? ""),
                [access],
                which % 2 == 0 ? First : Second,
                now
            ),
            6 => NotePermit.Decide(state, new(), access, by, now),
            7 or 8 => StartMission.Decide(state, new(), which == 6 ? [] : [access], Lead, now),
            9 => CheckIn.Decide(state, new((CheckInWord)which), by, now),
            10 => AbortMission.Decide(state, new(text), by, now),
            11 => ReportReturn.Decide(
                state,
                new(which == 1 ? null! : new(which - 1, null, 0)),
                by,
                now
            ),
            12 => CompleteMission.Decide(
                state,
                new((MissionOutcome)which, new(0, 0, 0), text, Origin.Measured),
                by,
                now
            ),
            _ => CloseMission.Decide(state, new(text), by, now),
        };
    }

    private static MissionTerms Odd(int which) =>
        which switch
        {
            1 => null!,
            2 => Terms() with { Crew = null! },
            3 => Terms() with { Until = Instant.MaxValue },
            4 => Terms() with { Organisations = [null!] },
            5 => Terms() with { Area = null!, CheckInMinutes = int.MaxValue },
            6 => Terms() with { For = Position, Since = Instant.MinValue },
            _ => Terms(),
        };

    private static bool IsSealed(Type type) =>
        type == typeof(SealedField) || type == typeof(IReadOnlyList<SealedField>);

    private static Refusal? Propose(MissionTerms terms) =>
        NewMission()
            .Try(state =>
                ProposeMission.Decide(
                    state,
                    new("m1", null, terms, Origin.Reported, Partners),
                    Lead,
                    Noon
                )
            );
}
