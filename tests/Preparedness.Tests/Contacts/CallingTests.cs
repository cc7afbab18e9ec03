using Breakwater.Preparedness.Contacts;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Preparedness.Tests.Contacts.Directory;

namespace Breakwater.Preparedness.Tests.Contacts;

/// <summary>Who is called now, in which order, who cannot be and why; and how many would answer.</summary>
public sealed class CallingTests
{
    private static readonly DutyHours _nights = DutyHours.Read(
        "mon-fri 22:00-06:00",
        "Europe/Kyiv"
    )!;

    [Theory]
    [InlineData("2026-03-02T20:30:00Z", Duty.On)] // Monday 22:30 in Kyiv
    [InlineData("2026-03-03T03:30:00Z", Duty.On)] // Tuesday 05:30, still Monday's night
    [InlineData("2026-03-03T04:00:00Z", Duty.Off)] // 06:00 sharp
    [InlineData("2026-03-07T03:30:00Z", Duty.On)] // Saturday 05:30, Friday's night
    [InlineData("2026-03-07T20:30:00Z", Duty.Off)] // Saturday night is nobody's
    [InlineData("2026-03-02T03:30:00Z", Duty.Off)] // Monday 05:30 belongs to Sunday
    public void A_window_over_midnight_belongs_to_the_day_on_which_it_opens(string at, Duty duty) =>
        Assert.Equal(duty, _nights.At(NodaTime.Text.InstantPattern.ExtendedIso.Parse(at).Value));

    [Fact]
    public void Hours_follow_the_clock_on_the_wall_over_a_change_of_clocks()
    {
        DutyHours mornings = DutyHours.Read("mon-sun 08:00-09:00", "Europe/Kyiv")!;
        Assert.Equal(Duty.On, mornings.At(Instant.FromUtc(2026, 3, 28, 6, 30)));
        Assert.Equal(Duty.On, mornings.At(Instant.FromUtc(2026, 3, 29, 5, 30)));
        Assert.Equal(Duty.Off, mornings.At(Instant.FromUtc(2026, 3, 29, 6, 30)));
    }

    [Fact]
    public void Who_is_off_duty_says_when_somebody_answers_again() =>
        Assert.Equal(
            Instant.FromUtc(2026, 3, 9, 20, 0),
            _nights.OpensAfter(Instant.FromUtc(2026, 3, 7, 12, 0))
        );

    [Fact]
    public void Hours_that_nobody_stated_are_neither_on_nor_off() =>
        Assert.Equal(Duty.NotStated, DutyHours.NotStated.At(Start));

    [Theory]
    [InlineData("always")]
    [InlineData("")]
    [InlineData("mon,tue,sun 10:00-10:00")]
    [InlineData("mon-fri 08:00-18:00; sat 22:00-06:00")]
    public void Duty_hours_are_read_as_they_are_written(string text) =>
        Assert.Equal(text, DutyHours.Read(text, "Europe/Kyiv")?.ToString());

    [Fact]
    public void A_range_of_days_may_run_over_the_weekend() =>
        Assert.Equal(
            "mon,sat,sun 10:00-11:00",
            DutyHours.Read("sat-mon 10:00-11:00", "UTC")?.ToString()
        );

    [Theory]
    [InlineData("mon 25:00-26:00")]
    [InlineData("someday 08:00-18:00")]
    [InlineData("mon 08:00")]
    public void What_are_no_hours_is_not_read(string text) =>
        Assert.Null(DutyHours.Read(text, "UTC"));

    [Fact]
    public void Calls_go_in_the_order_of_escalation_and_to_what_was_asked_for()
    {
        Contact[] all =
        [
            Verified(Entry with { Role = "second", Escalation = 2 }),
            Verified(Entry with { Role = "first" }),
            Verified(Entry with { Role = "elsewhere", Countries = ["SD"] }),
        ];
        Assert.Equal(
            ["first", "second"],
            WhoToCall
                .Of(all, new CallFor("ua", "AS64500", Exchange: "ex-ix", Language: "uk"), Start)
                .Now.Select(one => one.Contact.Entry.Role)
        );
        Assert.Empty(WhoToCall.Of(all, new CallFor(Tld: "ua"), Start).Now);
    }

    [Fact]
    public void What_was_never_verified_expired_or_bounced_is_not_called_and_says_why()
    {
        Contact verified = Verified();
        Contact[] all =
        [
            Added(Entry with { Role = "a" }),
            verified with
            {
                Id = "b",
                State = ContactState.Expired,
            },
            verified with
            {
                Id = "c",
                State = ContactState.Bounced,
            },
            verified with
            {
                Id = "d",
                Entry = Entry with { Hours = _nights },
            },
            verified with
            {
                Id = "e",
                Reach = null,
            },
            verified with
            {
                Id = "f",
                State = ContactState.Retired,
            },
        ];
        var calls = WhoToCall.Of(all, new CallFor("UA"), Start);
        Assert.Empty(calls.Now);
        Assert.Equal(
            [
                WhyNotCalled.NeverVerified,
                WhyNotCalled.Expired,
                WhyNotCalled.Bounced,
                WhyNotCalled.OffDuty,
                WhyNotCalled.NotShown,
            ],
            calls.Not.Select(one => one.Why).Order()
        );
    }

    [Fact]
    public void A_deputy_takes_the_place_of_the_one_it_stands_in_for()
    {
        Contact deputy = Verified(Entry with { Role = "deputy", Escalation = 9, Countries = [] });
        Contact off = Verified(Entry with { Role = "first", Deputy = deputy.Id, Hours = _nights });
        Contact second = Verified(Entry with { Role = "second", Escalation = 2 });
        var calls = WhoToCall.Of([deputy, off, second], new CallFor("UA"), Start);
        Assert.Equal(["deputy", "second"], calls.Now.Select(one => one.Contact.Entry.Role));
        Assert.Equal(off.Id, calls.Now[0].StandsInFor?.Id);
    }

    [Fact]
    public void Expired_contacts_never_count_as_reachable_whatever_is_asked() =>
        Gen.Select(Gen.Enum<ContactState>(), Gen.Int[1, 99], Gen.Bool)
            .Array[0, 20]
            .Sample(parts =>
            {
                Contact[] all =
                [
                    .. parts.Select(
                        (part, at) =>
                            Verified(
                                Entry with
                                {
                                    Role = $"role {at}",
                                    Escalation = part.Item2,
                                    Deputy = ContactForm.IdOf(
                                        Entry.Name,
                                        $"role {(at + 1) % parts.Length}"
                                    ),
                                    Hours = part.Item3 ? _nights : DutyHours.Always,
                                }
                            ) with
                            {
                                State = part.Item1,
                            }
                    ),
                ];
                var calls = WhoToCall.Of(all, new CallFor("UA"), Start);
                Assert.All(calls.Now, one => Assert.True(one.Contact.IsReachable));
                Assert.Equal(
                    all.Count(contact => contact.State != ContactState.Retired),
                    calls.Now.Count + calls.Not.Count
                );
            });

    [Fact]
    public void Readiness_counts_each_state_by_country_and_a_country_without_contacts_is_unknown()
    {
        Contact verified = Verified();
        Contact[] all =
        [
            verified,
            verified with
            {
                State = ContactState.Stale,
            },
            verified with
            {
                State = ContactState.Expired,
            },
            verified with
            {
                State = ContactState.Bounced,
            },
            Added(),
            verified with
            {
                State = ContactState.Retired,
            },
            verified with
            {
                Entry = Entry with { Countries = ["SD", "UA"], Class = StakeholderClass.Academia },
            },
            verified with
            {
                Entry = Entry with { Countries = [] },
            },
        ];
        Assert.Equal(
            new ContactReadiness("UA", null, 2, 1, 1, 1, 1),
            ContactReadiness.Of(all, "UA")
        );
        Assert.Equal(1, ContactReadiness.Of(all, "SD")?.VerifiedShare);
        Assert.Null(ContactReadiness.Of(all, "LB"));
        Assert.Equal(
            [
                ("SD", StakeholderClass.Academia),
                ("UA", StakeholderClass.PrivateSector),
                ("UA", StakeholderClass.Academia),
                (null, StakeholderClass.PrivateSector),
            ],
            ContactReadiness.ByCountryAndClass(all).Select(row => (row.Country, row.Class!.Value))
        );
    }
}
