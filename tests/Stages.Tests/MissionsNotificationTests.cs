using Breakwater.Decisions.Missions;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Stages.Tests.MissionsFixture;

namespace Breakwater.Stages.Tests;

/// <summary>INV-01: no notification, sent, lacking or refused, changes what is recorded of an asset's protection.</summary>
public sealed class MissionsNotificationTests
{
    private static readonly Type[] _ofNotifications =
    [
        .. typeof(Notification)
            .Assembly.GetTypes()
            .Where(type => type.Name.Contains("Notif", StringComparison.Ordinal)),
    ];

    [Fact]
    public void INV_01_Protection_is_decided_without_any_notification_among_its_inputs()
    {
        Assert.True(_ofNotifications.Length > 8);
        Assert.DoesNotContain(
            (
                (Type[])
                    [
                        typeof(AssetProtection),
                        typeof(RecordProtection),
                        typeof(ProtectionRecorded),
                        typeof(ProtectionFinding),
                    ]
            )
                .SelectMany(type => type.GetMethods())
                .SelectMany(method => method.GetParameters())
                .Select(parameter => parameter.ParameterType),
            type => _ofNotifications.Contains(type)
        );
    }

    [Fact]
    public void INV_01_No_command_of_a_mission_takes_a_notification() =>
        Assert.DoesNotContain(
            typeof(Mission)
                .Assembly.GetTypes()
                .SelectMany(type => type.GetMethods())
                .Where(method => method.ReturnType == typeof(Decided<MissionEvent>))
                .SelectMany(method => method.GetParameters())
                .Select(parameter => parameter.ParameterType),
            type => _ofNotifications.Contains(type)
        );

    [Fact]
    public void INV_01_Any_sequence_of_notification_events_leaves_the_recorded_protection_as_it_is() =>
        Gen.Select(
                Gen.Enum<ProtectionStatus>(),
                Gen.Select(Gen.Int[0, 5], Gen.Int[-50, 500], Gen.Int[0, 4]).Array[0, 30]
            )
            .Sample(
                (status, steps) =>
                {
                    var asset = new Life<AssetProtection, ProtectionEvent>(
                        AssetProtection.Apply,
                        _ => null
                    );
                    asset.Do(state =>
                        RecordProtection.Decide(
                            state,
                            new("exchange-1", status, "a civilian exchange", "survey", Partners),
                            Lead,
                            Noon
                        )
                    );
                    Life<Mission, MissionEvent> mission = UnderWay();
                    byte[] assetBefore = CanonicalJson.Of(asset.Now);
                    byte[] missionBefore = CanonicalJson.Of(mission.Now);
                    Life<Notification, NotificationEvent> notification = NewNotification();
                    foreach ((int what, int hours, int which) in steps)
                    {
                        notification.Try(state => Step(state, what, which, In(hours)));
                        notification.Elapse(In(hours));
                        Assert.Equal(status, asset.Now.Status);
                    }

                    Assert.Equal(assetBefore, CanonicalJson.Of(asset.Now));
                    Assert.Equal(missionBefore, CanonicalJson.Of(mission.Now));
                }
            );

    [Fact]
    public void INV_01_A_mission_starts_without_any_notification() =>
        Assert.Equal("under-way", UnderWay().Now.Standing);

    [Fact]
    public void INV_01_Every_notification_says_that_it_asks_for_nothing_and_that_protection_never_depends_on_it()
    {
        NotificationSent sent = Sent().Events.OfType<NotificationSent>().Single();
        Assert.Equal(NotificationStatement.Key, sent.StatementKey);
        Assert.Contains("asks for nothing", sent.Statement, StringComparison.Ordinal);
        Assert.Contains("never depends on it", sent.Statement, StringComparison.Ordinal);
        Assert.Equal(sent.Statement, Prepared().Now.Statement);
    }

    [Fact]
    public void INV_01_Without_a_finding_an_asset_is_presumed_civilian() =>
        Assert.Equal(ProtectionStatus.PresumedCivilian, AssetProtection.Of([]));

    [Fact]
    public void INV_04_Not_sent_no_answer_acknowledged_and_denied_are_told_apart()
    {
        Assert.Equal("not-sent", Prepared().Now.Standing);
        Assert.Equal("no-answer", Sent().Now.Standing);
        Assert.Equal("acknowledged", AnsweredBy(NotificationAnswer.Acknowledged).Now.Standing);
        Assert.Equal("denied", AnsweredBy(NotificationAnswer.Denied).Now.Standing);
    }

    [Theory]
    [InlineData(NotificationAnswer.NoAnswer)]
    [InlineData(NotificationAnswer.NotSent)]
    public void INV_04_Silence_cannot_be_entered_as_what_a_party_said(NotificationAnswer answer) =>
        Assert.NotNull(
            Sent()
                .Try(state =>
                    AnswerNotification.Decide(
                        state,
                        new(answer, In(1), "", Origin.Reported),
                        Lead,
                        In(1)
                    )
                )
        );

    [Fact]
    public void INV_04_A_party_that_is_silent_stays_silent_and_its_silence_ages()
    {
        Life<Notification, NotificationEvent> life = Sent();
        Assert.Equal(In(24), life.Now.DueAt);
        life.Elapse(In(24));
        Assert.Equal(("no-answer", null), (life.Now.Standing, life.Now.DueAt));
        Assert.Equal(Duration.FromHours(900), life.Now.SilentFor(In(900)));
    }

    [Fact]
    public void A_notification_hangs_on_its_mission_and_is_sent_once()
    {
        Life<Notification, NotificationEvent> life = Sent();
        Assert.Equal("mission/m1", life.Now.Parent);
        Assert.NotNull(
            life.Try(state =>
                SendNotification.Decide(state, new(In(1), "liaison", ""), Lead, In(1))
            )
        );
    }

    private static Life<Notification, NotificationEvent> AnsweredBy(NotificationAnswer answer) =>
        Sent()
            .Do(state =>
                AnswerNotification.Decide(
                    state,
                    new(answer, In(1), "", Origin.Reported),
                    Lead,
                    In(1)
                )
            );

    private static Decided<NotificationEvent> Step(
        Notification? state,
        int what,
        int which,
        Instant now
    )
    {
        string text = ((string?[])["fax", "", null, "\0", new string('x', 9_000)])[which]!;
        return what switch
        {
            0 => PrepareNotification.Decide(
                state,
                new("n1", "m1", which == 4 ? text : "a party", Region, null, which, Partners),
                Lead,
                now
            ),
            1 => SendNotification.Decide(state, new(now, "liaison", text), Lead, now),
            2 => SendNotification.Decide(state, new(now, "liaison", ""), Stranger, now),
            3 or 4 => AnswerNotification.Decide(
                state,
                new((NotificationAnswer)which, now, which == 2 ? "" : text, Origin.Reported),
                Lead,
                now
            ),
            _ => WithdrawNotification.Decide(state, new(text), Lead, now),
        };
    }

    private static readonly MissionRevised _revised = new(
        Terms(),
        "terms-2",
        "the road",
        "lead",
        In(1)
    );

    private static Life<Notification, NotificationEvent> Outdated(
        Life<Notification, NotificationEvent> life,
        MissionEvent happened,
        double hours = 1
    ) => life.Do(state => Outdate.Decide(state, Outdate.By(happened)!.Value, In(hours)));

    private static Notification SentLater(string? corrects, string party = "An armed force ") =>
        NewNotification()
            .Do(state =>
                PrepareNotification.Decide(
                    state,
                    new("n2", "m1", party, Region, null, 24, Partners, corrects)
                    {
                        OfMission = [Sent().Now],
                    },
                    Lead,
                    In(1)
                )
            )
            .Do(state => SendNotification.Decide(state, new(In(2), "liaison", ""), Lead, In(2)))
            .Now;

    [Fact]
    public void What_was_sent_for_earlier_terms_says_so_and_a_correction_is_due_until_the_party_is_told_anew()
    {
        Life<Notification, NotificationEvent> life = Outdated(Sent(), _revised);
        Assert.Equal(("outdated", true), (life.Now.Standing, life.Now.IsCorrectionDue));
        Assert.Equal(In(3), life.Now.DueAt);
        life.Elapse(In(3));
        Assert.Contains(life.Events, happened => happened is CorrectionReminded);
        Assert.Equal(In(5), life.Now.DueAt);

        life.Do(state => Outdate.Correct(state, SentLater(null), In(2)));
        Assert.Equal(("corrected", "n2"), (life.Now.Standing, life.Now.Outdated!.CorrectedBy));
        Assert.Equal(In(24), life.Now.DueAt);
    }

    [Fact]
    public void What_was_sent_of_a_mission_that_ends_without_its_work_waits_for_a_word_that_cancels_it()
    {
        foreach (
            MissionEvent end in (MissionEvent[])
                [new MissionAborted("", "lead", In(1)), new MissionLapsed(In(1))]
        )
        {
            Assert.Equal(OutdatedBy.End, Outdated(Sent(), end).Now.Outdated!.Because);
        }

        // A correction that was due becomes a cancellation that is.
        Life<Notification, NotificationEvent> life = Outdated(Sent(), _revised);
        Assert.Equal(
            OutdatedBy.End,
            Outdated(life, new MissionAborted("", "lead", In(2)), 2).Now.Outdated!.Because
        );
        Assert.Null(Outdate.By(new MissionStarted([], "lead", In(1))));
    }

    [Fact]
    public void Another_party_corrects_nothing_unless_it_is_said_that_it_does()
    {
        Notification old = Outdated(Sent(), _revised).Now;
        Assert.Empty(Outdate.Correct(old, SentLater(null, "a ministry"), In(2)).Events);
        Assert.NotEmpty(Outdate.Correct(old, SentLater("n1", "the same, renamed"), In(2)).Events);
    }

    [Fact]
    public void What_was_prepared_for_earlier_terms_is_not_sent_and_what_had_been_sent_before_may_still_be_written_down()
    {
        Life<Notification, NotificationEvent> life = Outdated(Prepared(), _revised);
        Assert.Equal(("outdated", null), (life.Now.Standing, life.Now.DueAt));
        Assert.NotNull(
            life.Try(state =>
                SendNotification.Decide(state, new(In(1), "liaison", ""), Lead, In(2))
            )
        );
        life.Do(state => SendNotification.Decide(state, new(In(0.5), "liaison", ""), Lead, In(2)));
        Assert.True(life.Now.IsCorrectionDue);
    }

    [Fact]
    public void A_mission_has_no_more_notifications_than_can_be_gone_through_and_one_corrects_only_its_own() =>
        Assert.All(
            (PrepareNotification[])
                [
                    new("n2", "m1", "a force", Region, null, 24, Partners)
                    {
                        OfMission =
                        [
                            .. Enumerable.Repeat(Sent().Now, PrepareNotification.OfMissionMax),
                        ],
                    },
                    new("n2", "m1", "a force", Region, null, 24, Partners, "n9"),
                ],
            command => Assert.NotNull(PrepareNotification.Decide(null, command, Lead, Noon).Refusal)
        );
}
