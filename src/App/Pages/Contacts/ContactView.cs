using System.Text.Json;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Views;
using Breakwater.Preparedness.Contacts;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Contacts;

/// <summary>A contact point and a ping: what must be seen first.</summary>
internal static class ContactView
{
    public static void Write(Markup page, Seen seen, Instant now)
    {
        if (seen.State.Deserialize<Contact>(Json.Compact) is not { } contact)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Say(
            texts.Html($"contacts.state.{seen.Standing}"),
            contact.State == ContactState.Verified ? null : "caution"
        );
        if (contact.Bounce is { } bounce)
        {
            page.Say(
                texts.Html(
                    "contacts.bounce",
                    ("at", new Moment(bounce.At)),
                    ("reason", new Free(bounce.Reason))
                ),
                "caution"
            );
        }

        page.Facts([
            (texts.Html("field.contact-entry.name"), texts.Html(new Free(contact.Entry.Name))),
            (
                texts.Html("field.class"),
                Labels.Value(texts, typeof(StakeholderClass), Checks.Word(contact.Entry.Class))
            ),
            (texts.Html("contacts.for"), ContactParts.For(page, contact)),
            (texts.Html("contacts.ways"), ContactParts.Ways(page, contact)),
            (texts.Html("field.duty"), ContactParts.Duty(page, contact, now)),
            (
                texts.Html("field.contact-entry.escalation"),
                texts.Html(new Count(contact.Entry.Escalation))
            ),
            (
                texts.Html("field.contact-entry.deputy"),
                contact.Entry.Deputy is { } deputy
                    ? page.LinkTo("contact-points", deputy, texts.Html(new Code(deputy)))
                    : texts.Html("response.not-stated")
            ),
            (texts.Html("field.verified-at"), Values.Moment(texts, contact.VerifiedAt)),
            (
                texts.Html("field.open-ping"),
                contact.OpenPing is { } ping
                    ? page.LinkTo("contact-pings", ping, texts.Html(new Code(ping)))
                    : texts.Html("contacts.no-ping")
            ),
        ]);
        page.Items([page.Link(DirectoryPage.Path, texts.Html("contacts.title"))]);
    }

    public static void WritePing(Markup page, Seen seen)
    {
        PageTexts texts = page.Texts;
        page.Say(texts.Html($"contacts.ping.{seen.Standing}"));
        if (seen.Amount("guesses") is > 0 and var wrong)
        {
            page.Say(
                texts.Html(
                    "contacts.ping.guesses",
                    ("n", new Count((long)wrong)),
                    ("most", new Count(ContactPing.GuessesMax))
                ),
                "caution"
            );
        }

        page.Facts(
            First.Facts(page, seen, "Contact", "Way", "MadeAt", "ExpiresAt", "AnsweredBy", "Reason")
        );
    }
}
