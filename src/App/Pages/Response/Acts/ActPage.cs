using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages.Consulting;
using Breakwater.App.Subjects;
using Breakwater.Decisions.Contesting;
using Breakwater.Decisions.Interpreting;
using Breakwater.Preparedness.Consultations.Calling;
using Breakwater.Preparedness.Contacts.Keeping;
using Breakwater.Preparedness.Cycles;
using Breakwater.Preparedness.Meetings;
using Breakwater.Preparedness.WorkAreas;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Response.Acts;

/// <summary>Why a form came back, and with which status.</summary>
/// <param name="Key">The sentence <c>response.why.KEY</c>.</param>
/// <param name="Own">The refusal as the rules word it; null for none.</param>
internal sealed record CameBack(string Key, int Status, string? Own = null)
{
    /// <summary>Of a form that nobody read to its end, nothing is left to show again.</summary>
    public const string TooLong = "too-long";

    public static CameBack Of(Refusal refusal) =>
        new(Members.Kebab(refusal.Kind.ToString()), Problem.Of(refusal).Status, refusal.Reason);
}

/// <summary>One command as a form: what it is, what becomes of what one types, the fields, and why it came back if it did.</summary>
internal static class ActPage
{
    /// <summary>Commands that begin what everybody may read from its first day.</summary>
    private static readonly Type[] _public =
    [
        typeof(DraftCommonPosition),
        typeof(ContestFinding),
        typeof(CallConsultation),
        typeof(CallMeeting),
        typeof(OpenWorkArea),
        typeof(OpenCycle),
    ];

    public static string Write(
        Visit visit,
        SubjectKind kind,
        CommandKind command,
        Caller caller,
        Seen? seen,
        Entered entered,
        string key,
        CameBack? why,
        IReadOnlyDictionary<string, string> wrong
    )
    {
        PageTexts texts = visit.Texts;
        string path = Addresses.Of(kind, command, seen?.Id);
        Instant now = visit.Get<IClock>().GetCurrentInstant();
        var page = new Markup(texts);
        string title = Title(texts, kind, command, entered);
        IReadOnlyDictionary<string, FieldFault> faults = FieldFault.Of(texts, command, why, wrong);
        page.Raw($"<h1>{title}</h1>\n");
        if (seen is not null)
        {
            Standing(page, seen);
        }

        Told(page, why, faults);
        if (caller.WhyNot(kind, command) is not null && why?.Key != "sign-in")
        {
            page.Say(WhyNot(texts, command, caller), "caution");
            if (caller.SignedIn is null)
            {
                page.Items([
                    page.Link("/account/sign-in", texts.Html("account.sign-in.link")),
                    page.Link("/account/register", texts.Html("account.register.link")),
                ]);
            }
        }
        else if (seen is not null && ActsInTime.NotYet(texts, seen, command, now) is { } notYet)
        {
            page.Say(notYet.Html, "caution");
        }
        else
        {
            Kept(page, command, seen, caller);
            if (ActsInTime.Late(texts, seen, command, now) is { } late)
            {
                page.Say(late, "caution");
            }

            page.Open(visit, path).Hidden("key", key);
            if (seen is not null)
            {
                page.Hidden(Form.SeenVersion, Values.Plain(seen.Version));
            }

            new FormFields(page, entered, faults).Write(command);
            page.Raw($"<p><button type=\"submit\">{title}</button></p>\n</form>\n");
        }

        if (ActsInTime.OtherWay(page, command) is { } other)
        {
            page.Say(other);
        }

        page.Items([
            seen is null
                ? page.Link(Addresses.Of(kind), Labels.Kinds(texts, kind))
                : page.Link(seen.Path, texts.Html("response.back")),
        ]);
        return Layout.Page(texts, path, Plain(title), page.ToString());
    }

    /// <summary>What is done; where one form prepares things of many kinds, which of them.</summary>
    private static string Title(
        PageTexts texts,
        SubjectKind kind,
        CommandKind command,
        Entered entered
    ) =>
        command == Publishing.Preparing.Prepare
        && $"value.publication-form.{entered["form"]}" is var form
        && texts.Keys.Contains(form)
            ? texts.Html("published.prepare-of", ("form", new Native(texts.Plain(form))))
            : Labels.Command(texts, kind, command);

    /// <summary>Why this person cannot do it, in the language of the page.</summary>
    public static string WhyNot(PageTexts texts, CommandKind command, Caller caller) =>
        caller.SignedIn is null ? texts.Html("response.why-not.sign-in")
        : command.Admission == Admission.Roles
            ? $"{texts.Html("response.why-not.roles")} {string.Join(texts.Html("response.and"), command.Roles.Select(role => Labels.Value(texts, typeof(Role), Members.Kebab(role.ToString()))))}"
        : texts.Html("response.why-not.scope");

    public static string Plain(string html) =>
        System.Net.WebUtility.HtmlDecode(
            System.Text.RegularExpressions.Regex.Replace(html, "<[^>]*>", "")
        );

    private static void Standing(Markup page, Seen seen)
    {
        PageTexts texts = page.Texts;
        page.Facts([
            (Labels.Kind(texts, seen.Kind), page.Link(seen.Path, Titles.Html(page, seen))),
            (texts.Html("response.standing"), Labels.Standing(texts, seen.Standing)),
            (texts.Html("response.version"), texts.Html(new Count(seen.Version))),
        ]);
    }

    /// <summary>Why a form came back, above it.</summary>
    /// <param name="faults">By field; each is told here too, with a way to it.</param>
    public static void Told(
        Markup page,
        CameBack? why,
        IReadOnlyDictionary<string, FieldFault>? faults = null
    )
    {
        if (why is null)
        {
            return;
        }

        page.Raw(
            $"<div role=\"alert\"><p><strong>{page.Texts.Html($"response.why.{why.Key}")}</strong></p>\n"
        );
        if (faults is { Count: > 0 })
        {
            page.Items(
                faults.Values.Select(fault => $"<a href=\"#{fault.Path}-wrong\">{fault.Above}</a>")
            );
        }
        else if (why.Own is { } own)
        {
            page.Say(page.Texts.Refused(own));
        }

        page.Raw(
            why.Key == CameBack.TooLong
                ? "</div>\n"
                : $"<p>{page.Texts.Html("response.why.kept")}</p>\n</div>\n"
        );
    }

    /// <summary>Before the fields: what is kept, who sees it, and for how long.</summary>
    private static void Kept(Markup page, CommandKind command, Seen? seen, Caller caller)
    {
        PageTexts texts = page.Texts;
        if (command == ReportDoor.Command)
        {
            page.Say(texts.Html("response.kept.report"), "quiet");
            return;
        }

        if (command.Request == typeof(AddContact) || command.Request == typeof(ChangeContact))
        {
            page.Say(texts.Html("contacts.kept"), "quiet")
                .Say(texts.Html("contacts.kept.reach"), "caution");
            return;
        }

        // A draft has no marking that somebody could choose.
        string? marked =
            command == Publishing.Preparing.Prepare ? Members.Kebab(nameof(Distribution.Community))
            : _public.Contains(command.Request) ? Members.Kebab(nameof(Distribution.Public))
            : seen?.Text("marking.distribution");
        string who = marked is { } distribution
            ? $"{texts.Html("response.kept.seen-by")} {Labels.Value(texts, typeof(Distribution), distribution)}."
            : texts.Html("response.kept.seen-by-marking");
        page.Say(
            $"{texts.Html(caller.SignedIn is null ? "response.kept.nobody" : "response.kept")} {who} {texts.Html("response.kept.long")}",
            "quiet"
        );
    }
}
