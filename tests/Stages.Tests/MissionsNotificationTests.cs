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
}
