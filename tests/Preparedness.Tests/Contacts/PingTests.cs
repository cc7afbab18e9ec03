using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Keeping;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Preparedness.Contacts.Verifying;
using Breakwater.Vocabulary;
using CsCheck;
using NodaTime;
using Xunit;
using static Breakwater.Preparedness.Tests.Contacts.Directory;

namespace Breakwater.Preparedness.Tests.Contacts;

/// <summary>Pings: an answer verifies, silence lowers, what was never sent says nothing, and nothing is sent twice.</summary>
public sealed class PingTests
{
    private static readonly Participant _anybody = By("contact", null);

    [Fact]
    public void A_new_contact_is_asked_at_once_and_a_verified_one_after_60_days()
    {
        Assert.Equal(Start, Added().DueAt);
        Assert.Equal(Start + Duration.FromDays(60), Verified().DueAt);
        Assert.Null(Added(reach: ByRadio).DueAt);
    }

    [Fact]
    public void The_link_verifies_once_and_only_the_right_one()
    {
        (Contact contact, ContactPing ping) = Pinged(Added(), Start);
        Assert.NotNull(
            AnswerByLink
                .Decide(ping, new AnswerByLink(new string('0', 32)), _anybody, Start)
                .Refusal
        );
        Decided<ContactPingEvent> answered = AnswerByLink.Decide(
            ping,
            new AnswerByLink(Link),
            _anybody,
            Start
        );
        Contact verified = Follow(contact, ping, answered);
        Assert.Equal(ContactState.Verified, verified.State);
        Assert.Equal(VerifiedBy.Link, verified.VerifiedBy);
        Assert.Contains(
            "already",
            AnswerByLink
                .Decide(After(ping, answered), new AnswerByLink(Link), _anybody, Start)
                .Refusal?.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void After_two_weeks_link_and_code_open_nothing()
    {
        (_, ContactPing ping) = Pinged(Added(), Start);
        Instant late = Start + Duration.FromDays(14);
        Assert.Contains(
            "no longer open",
            AnswerByLink.Decide(ping, new AnswerByLink(Link), _anybody, late).Refusal?.Reason,
            StringComparison.Ordinal
        );
        Assert.NotNull(AnswerByCode.Decide(ping, new AnswerByCode(Code), _anybody, late).Refusal);
    }

    [Fact]
    public void Each_unanswered_ping_lowers_the_state_by_one_step_until_it_is_expired()
    {
        Contact contact = Verified();
        Instant at = Start + Duration.FromDays(60);
        foreach (
            ContactState expected in (ContactState[])[ContactState.Stale, ContactState.Expired]
        )
        {
            (contact, ContactPing ping) = Pinged(contact, at);
            at = ping.ExpiresAt;
            contact = Follow(contact, ping, ContactPing.Elapse(ping, at));
            Assert.Equal(expected, contact.State);
        }

        Assert.Null(contact.DueAt);
    }

    [Fact]
    public void A_ping_that_was_never_sent_lowers_nothing()
    {
        var made = (ContactPingMade)
            PingContact.Decide(Verified(), new PingContact(), Registrar, Start).Events[0];
        Contact contact = Contact.Apply(Verified(), made);
        ContactPing ping = After((ContactPing?)null, ContactFromPing.Decide(null, contact, made));
        Decided<ContactPingEvent> ended = ContactPing.Elapse(ping, ping.ExpiresAt);
        Assert.Equal(PingState.Unsent, After(ping, ended).State);
        Assert.Equal(ContactState.Verified, Follow(contact, ping, ended).State);
    }

    [Fact]
    public void Who_was_being_written_to_when_the_node_stopped_is_not_written_to_again_and_can_still_answer()
    {
        (_, ContactPing asked) = Pinged(Added(), Start);
        ContactPing sending = asked with { State = PingState.Sending };
        Assert.NotNull(SendPing.Begin(sending, Secret(), Start).Refusal);
        Instant later = Start + Duration.FromHours(1);
        ContactPing doubted = After(sending, SendPing.Doubt(sending, later));
        Assert.NotNull(SendPing.Begin(doubted, Secret(), later).Refusal);
        Assert.Empty(SendPing.Doubt(doubted, later).Events);
        Assert.Null(AnswerByLink.Decide(doubted, new AnswerByLink(Link), _anybody, later).Refusal);
        Assert.IsType<PingUnsent>(
            Assert.Single(ContactPing.Elapse(doubted, doubted.ExpiresAt).Events)
        );
    }

    [Fact]
    public void A_refusal_by_the_mail_server_bounces_the_contact_with_its_reason_and_mail_goes_there_no_more()
    {
        (Contact contact, ContactPing asked) = Pinged(Verified(), Start);
        ContactPing sending = asked with { State = PingState.Sending };
        Contact bounced = Follow(
            contact,
            sending,
            SendPing.End(sending, new Sent.Refused("550 5.1.1 no such user"), Start)
        );
        Assert.Equal(ContactState.Bounced, bounced.State);
        Assert.Equal("550 5.1.1 no such user", bounced.Bounce?.Reason);
        Assert.False(bounced.IsReachable);
        Assert.Null(bounced.DueAt);
        Assert.NotNull(PingContact.Decide(bounced, new PingContact(), Registrar, Start).Refusal);
    }

    [Fact]
    public void A_server_that_cannot_be_reached_is_tried_five_times_and_then_no_more()
    {
        (_, ContactPing ping) = Pinged(Added(), Start);
        ping = ping with { State = PingState.Waiting };
        Instant at = Start;
        for (int attempt = 1; attempt <= ContactPing.AttemptsMax; attempt++)
        {
            Assert.Equal(PingState.Waiting, ping.State);
            ping = After(ping, SendPing.Begin(ping, Secret(), at));
            ping = After(ping, SendPing.End(ping, new Sent.Later("connection refused"), at));
            if (ping.State == PingState.Waiting)
            {
                Assert.NotNull(SendPing.Begin(ping, Secret(), at).Refusal);
                at = ping.NotBefore;
            }
        }

        Assert.Equal(PingState.Unsent, ping.State);
        Assert.Equal("connection refused", ping.Reason);
    }

    [Fact]
    public void A_code_guessed_five_times_wrong_can_be_answered_no_more()
    {
        (Contact contact, ContactPing ping) = Pinged(Verified(), Start);
        for (int guess = 0; guess < ContactPing.GuessesMax; guess++)
        {
            Decided<ContactPingEvent> wrong = AnswerByCode.Decide(
                ping,
                new AnswerByCode("0000-0000"),
                _anybody,
                Start
            );
            contact = Follow(contact, ping, wrong);
            ping = After(ping, wrong);
        }

        Assert.Equal(PingState.Void, ping.State);
        Assert.NotNull(AnswerByCode.Decide(ping, new AnswerByCode(Code), _anybody, Start).Refusal);
        // Who guesses must not be able to make a contact look worse than it is.
        Assert.Equal(ContactState.Verified, contact.State);
    }

    [Fact]
    public void A_code_is_read_out_to_a_registrar_who_was_not_shown_it()
    {
        Contact contact = Added(reach: ByRadio);
        var made = Assert.IsType<ContactPingMade>(
            Assert.Single(
                HandOverCode
                    .Decide(
                        contact,
                        new HandOverCode(Code) { Salt = new byte[PingSecret.SaltOctets] },
                        Registrar,
                        Start
                    )
                    .Events
            )
        );
        contact = Contact.Apply(contact, made);
        ContactPing ping = After((ContactPing?)null, ContactFromPing.Decide(null, contact, made));
        Assert.Contains(
            "proves nothing",
            EnterCode.Decide(ping, new EnterCode(Code), Registrar, Start).Refusal?.Reason,
            StringComparison.Ordinal
        );
        Assert.Equal(
            VerifiedBy.CodeHeard,
            Follow(
                contact,
                ping,
                EnterCode.Decide(
                    ping,
                    new EnterCode("7kqm 2rtd"),
                    By("other", "relief", Role.Registrar),
                    Start
                )
            ).VerifiedBy
        );
    }

    [Fact]
    public void New_ways_in_end_the_ping_to_the_old_ones()
    {
        (Contact contact, ContactPing ping) = Pinged(Added(), Start);
        var changed = Assert.IsType<ContactChanged>(
            Assert.Single(
                ChangeContact
                    .Decide(
                        contact,
                        new ChangeContact(Entry, ByRadio, Marking.Public),
                        Registrar,
                        Start
                    )
                    .Events
            )
        );
        Assert.Equal(ping.Id, ContactFromPing.PingOf(changed));
        ContactPing ended = After(
            ping,
            ContactFromPing.Decide(ping, Contact.Apply(contact, changed), changed)
        );
        Assert.NotNull(AnswerByLink.Decide(ended, new AnswerByLink(Link), _anybody, Start).Refusal);
    }

    [Fact]
    public void A_code_is_the_same_however_it_is_heard() =>
        Gen
            .Byte.Array[PingCode.Octets]
            .Sample(random =>
            {
                string code = PingCode.Of(random);
                Assert.True(PingCode.IsForm(code));
                Assert.Equal(
                    PingCode.Plain(code),
                    PingCode.Plain(
                        $" {code.ToLowerInvariant().Replace('0', 'o').Replace('1', 'l')} "
                    )
                );
            });

    [Fact]
    public void What_is_kept_of_link_and_code_is_neither()
    {
        PingSecret secret = Secret();
        Assert.True(secret.IsCode(Code));
        Assert.True(secret.IsLink(Link));
        Assert.False(secret.IsLink(Code));
        string kept = System.Text.Encoding.UTF8.GetString(CanonicalJson.Of(secret));
        Assert.DoesNotContain(Link, kept, StringComparison.Ordinal);
        Assert.DoesNotContain("7KQM", kept, StringComparison.Ordinal);
        // A box is shown to nobody, whoever may see the ping.
        Assert.Equal(
            """{"secret":{"sealed":true}}""",
            Shown
                .To(
                    new Reader { Circle = Circle.Community, Organisation = "relief" },
                    Community,
                    System.Text.Json.JsonSerializer.SerializeToElement(
                        new { secret },
                        Json.Compact
                    ),
                    Start
                )
                ?.GetRawText()
        );
    }
}
