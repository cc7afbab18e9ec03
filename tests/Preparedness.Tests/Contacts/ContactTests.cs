using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Keeping;
using Breakwater.Preparedness.Contacts.Verifying;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;
using static Breakwater.Preparedness.Tests.Contacts.Directory;

namespace Breakwater.Preparedness.Tests.Contacts;

/// <summary>A contact point: who may keep it, what time does to it, and what it never counts as.</summary>
public sealed class ContactTests
{
    [Fact]
    public void A_contact_begins_unverified_whatever_is_said_of_it()
    {
        Assert.Equal(ContactState.NeverVerified, Added().State);
        Assert.False(Added().IsReachable);
    }

    [Fact]
    public void Only_registrars_keep_contacts_and_only_its_own_people_confirm_one()
    {
        Assert.Equal(
            RefusalKind.NotAllowed,
            AddContact
                .Decide(
                    null,
                    new AddContact(Entry, Reach, Community),
                    By("ann", "relief", Role.Planner),
                    Start
                )
                .Refusal?.Kind
        );
        Assert.Equal(
            RefusalKind.NotAllowed,
            ConfirmContact.Decide(Added(), new ConfirmContact(), Registrar, Start).Refusal?.Kind
        );
        Assert.Equal(
            ContactState.Verified,
            After(
                Added(),
                ConfirmContact.Decide(
                    Added(),
                    new ConfirmContact(),
                    By("ann", "carrier", Role.Planner),
                    Start
                )
            ).State
        );
    }

    [Fact]
    public void A_contact_without_email_goes_stale_after_90_days_and_expires_after_180()
    {
        Contact verified = Verified(reach: ByRadio);
        Assert.Equal(ContactState.Verified, Until(verified, Start + Duration.FromDays(89)).State);
        Contact stale = Until(verified, Start + Duration.FromDays(90));
        Assert.Equal(ContactState.Stale, stale.State);
        Assert.True(stale.IsReachable);
        Contact expired = Until(verified, Start + Duration.FromDays(180));
        Assert.Equal(ContactState.Expired, expired.State);
        Assert.False(expired.IsReachable);
        Assert.Null(expired.DueAt);
    }

    [Fact]
    public void A_node_that_stood_still_for_a_year_comes_to_the_same_state()
    {
        Contact late = After(
            Verified(reach: ByRadio),
            Contact.Elapse(Verified(reach: ByRadio), Start + Duration.FromDays(365))
        );
        Assert.Equal(ContactState.Expired, late.State);
    }

    [Fact]
    public void New_ways_in_are_unverified_and_other_changes_are_not()
    {
        Contact verified = Verified();
        Contact renamed = After(
            verified,
            ChangeContact.Decide(
                verified,
                new ChangeContact(Entry with { Languages = ["ar"] }, Reach, Marking.Public),
                Registrar,
                Start
            )
        );
        Assert.Equal(ContactState.Verified, renamed.State);
        Contact moved = After(
            verified,
            ChangeContact.Decide(
                verified,
                new ChangeContact(Entry, ByRadio, Marking.Public),
                Registrar,
                Start
            )
        );
        Assert.Equal(ContactState.NeverVerified, moved.State);
        Assert.Null(moved.VerifiedAt);
    }

    [Fact]
    public void A_change_that_changes_nothing_is_no_event()
    {
        Contact contact = Verified();
        Assert.Empty(
            ChangeContact
                .Decide(
                    contact,
                    new ChangeContact(
                        Entry with
                        {
                            Countries = ["ua"],
                            Asns = ["64500"],
                        },
                        Reach,
                        Marking.Public
                    ),
                    Registrar,
                    Start
                )
                .Events
        );
    }

    [Fact]
    public void INV_07_No_marking_makes_ways_in_public()
    {
        Assert.Contains(
            "never public",
            AddContact
                .Decide(
                    null,
                    new AddContact(Entry, Reach with { Marking = Marking.Public }, Marking.Public),
                    Registrar,
                    Start
                )
                .Refusal?.Reason,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "wider",
            AddContact
                .Decide(null, new AddContact(Entry, Reach, Marking.Sealed), Registrar, Start)
                .Refusal?.Reason,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("noc@carrier.example\r\nBcc: all@carrier.example", "control")]
    [InlineData("noc@carrier.example\u202Emoc", "control")]
    [InlineData("noc", "one @")]
    [InlineData("noc@@carrier.example", "one @")]
    [InlineData("", "missing")]
    public void An_address_that_is_none_is_refused_with_a_reason(string address, string reason) =>
        Assert.Contains(
            reason,
            AddContact
                .Decide(
                    null,
                    new AddContact(
                        Entry,
                        Reach with
                        {
                            Channels = [new ContactChannel(ChannelKind.Email, address)],
                        },
                        Community
                    ),
                    Registrar,
                    Start
                )
                .Refusal?.Reason,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("XX", "AS64500", "en", "countries")]
    [InlineData("UA", "64500x", "en", "autonomous")]
    [InlineData("UA", "AS64500", "english, please", "languages")]
    public void What_it_is_for_is_checked(
        string country,
        string asn,
        string language,
        string reason
    ) =>
        Assert.Contains(
            reason,
            AddContact
                .Decide(
                    null,
                    new AddContact(
                        Entry with
                        {
                            Countries = [country],
                            Asns = [asn],
                            Languages = [language],
                        },
                        Reach,
                        Community
                    ),
                    Registrar,
                    Start
                )
                .Refusal?.Reason,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_same_organisation_and_role_is_the_same_contact_however_it_is_written()
    {
        Assert.Equal(
            ContactForm.IdOf("Example Carrier", "Duty  officer"),
            ContactForm.IdOf(" example carrier ", "duty officer")
        );
        Assert.Contains(
            "already",
            AddContact
                .Decide(Added(), new AddContact(Entry, Reach, Community), Registrar, Start)
                .Refusal?.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_retired_contact_is_touched_no_more()
    {
        Contact retired = After(
            Verified(),
            RetireContact.Decide(
                Verified(),
                new RetireContact("the office closed"),
                Registrar,
                Start
            )
        );
        Assert.Equal("retired", retired.Standing);
        Assert.Null(retired.DueAt);
        Assert.NotNull(PingContact.Decide(retired, new PingContact(), Registrar, Start).Refusal);
    }
}
