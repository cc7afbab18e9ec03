using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Publishing;
using Breakwater.Ledger.Tiles;
using Breakwater.Publications;
using NodaTime;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>A publication on its way out and back: what it says, what it waits for, and what took its place.</summary>
internal static class PublicationView
{
    /// <summary>Members of the state that not every publication has.</summary>
    private static readonly string[] _some =
    [
        "EmbargoUntil",
        "Approval",
        "Replaces",
        "Correction",
        "ReplacedBy",
    ];

    /// <param name="recipients">Nodes that it was written out for; null for a reader whom that does not concern.</param>
    /// <param name="carried">Hashes of the files that came with it from the node that released it; null where that is this node.</param>
    public static void Write(
        Markup page,
        Seen seen,
        IReadOnlyList<Recipient>? recipients,
        IReadOnlySet<string>? carried,
        Instant now
    )
    {
        PageTexts texts = page.Texts;
        page.Say(
            texts.Html($"response.publication.{seen.Standing}"),
            seen.Standing is "released" or "replaced" ? null : "caution"
        );
        Next(page, seen);
        if (seen.Text("withdrawal.reason") is { } reason)
        {
            page.Facts([
                (
                    texts.Html("field.withdrawal"),
                    $"{Values.Moment(texts, seen.Time("withdrawal.at"))}<br>{texts.Html(new Free(reason))}"
                ),
            ]);
        }

        page.Facts([
            .. First.Facts(
                page,
                seen,
                "Form",
                seen.Text("about") is null ? "Response" : "About",
                "AsOf"
            ),
            // Whole, because it is what a second person says yes to.
            (texts.Html("field.hash"), texts.Html(new Code(seen.Text("hash") ?? "—"))),
            .. First.Facts(
                page,
                seen,
                [
                    .. _some.Where(name =>
                        seen.At(JsonNamingPolicy.CamelCase.ConvertName(name)) is not null
                    ),
                ]
            ),
        ]);
        // The public is shown none, and is not told that there is one.
        if (seen.Text("harmNote.text") is { } harm)
        {
            page.Head("harm", texts.Html("field.harm-note")).Say(texts.Html(new Free(harm)));
        }

        page.Head("documents", texts.Html("field.documents"));
        if (carried is not null)
        {
            page.Say(
                texts.Html(
                    seen.Standing.StartsWith("withdraw", StringComparison.Ordinal)
                        ? "published.carried.gone"
                        : "published.carried"
                ),
                "quiet"
            );
        }

        page.Items(
            seen.List("documents").Select(document => Document(page, seen, document, carried))
        );
        JsonElement[] files = [.. seen.List("files")];
        if (files.Length > 0)
        {
            page.Head("files", texts.Html("field.files"))
                .Items(files.Select(file => File(page.Texts, seen, file, carried)));
        }

        if (recipients is { Count: > 0 })
        {
            page.Head("recipients", texts.Html("published.recipients"))
                .Say(texts.Html("published.recipients.note"), "quiet")
                .Facts(
                    recipients.Select(each =>
                        (texts.Html(new Code(each.Node)), Told(texts, seen, each, now))
                    )
                );
        }
    }

    private static string File(
        PageTexts texts,
        Seen seen,
        JsonElement file,
        IReadOnlySet<string>? carried
    )
    {
        string name = Seen.Text(file, "name") ?? "";
        string path =
            carried is null && seen.Standing is "released" or "replaced"
                ? PublishedFile.PathOf(seen.Id, name)
                : PublicationRoutes.FilePath(seen.Id, name);
        string shown = $"<bdi dir=\"ltr\">{Spoken.Html(Spoken.Plain(name))}</bdi>";
        return IsAway(file, "sha256", carried)
            ? $"{shown}: {texts.Html("published.carried.away")}"
            : $"<a href=\"{path}\">{shown}</a>";
    }

    /// <summary>True for octets of another node that did not come along, or are gone again.</summary>
    private static bool IsAway(JsonElement of, string hash, IReadOnlySet<string>? carried) =>
        carried?.Contains(Seen.Text(of, hash) ?? "") == false;

    /// <summary>Never more than is known: without a receipt it is unconfirmed, and says for how long.</summary>
    private static string Told(PageTexts texts, Seen seen, Recipient recipient, Instant now)
    {
        string sent = texts.Html("published.recipients.sent", ("at", new Moment(recipient.SentAt)));
        if (seen.Time("withdrawal.at") is not { } withdrawn)
        {
            return sent;
        }

        string how = recipient.ReachedAt is { } at
            ? texts.Html("published.recipients.reached", ("at", new Moment(at)))
            : texts.Html(
                "published.recipients.unconfirmed",
                ("hours", new Count((long)(now - withdrawn).TotalHours))
            );
        return $"{sent}<br><strong>{how}</strong>";
    }

    /// <summary>What a second person, or whoever finds a fault in it, does next: forms that are about exactly this.</summary>
    private static void Next(Markup page, Seen seen)
    {
        string approval = $"/act/approvals/{Uri.EscapeDataString(seen.Text("approval") ?? "")}";
        string[] forms = seen.Standing switch
        {
            "waits-for-second" or "withdrawal-unconfirmed" or "withdrawal-overdue" =>
            [
                Form(page, $"{approval}/approve?hash={seen.Text("hash")}", "act.approve"),
                Form(page, $"{approval}/refuse-approval?", "act.refuse-approval"),
            ],
            "released" or "withdrawn" when seen.Text("replacedBy") is null =>
            [
                Form(
                    page,
                    $"/act/publications/prepare-publication?replaces={Uri.EscapeDataString(seen.Id)}&form={Uri.EscapeDataString(seen.Text("form") ?? "")}&{Of(seen)}",
                    "response.publication.correct"
                ),
            ],
            _ => [],
        };
        if (forms.Length > 0)
        {
            page.Raw($"<ul class=\"acts\">\n{string.Join('\n', forms)}\n</ul>\n");
        }
    }

    private static string Of(Seen seen) =>
        seen.Text("about") is { } about
            ? $"about={Uri.EscapeDataString(about)}"
            : $"response={Uri.EscapeDataString(seen.Text("response") ?? "")}";

    /// <param name="address">With what the form begins with.</param>
    private static string Form(Markup page, string address, string says) =>
        $"<li><a href=\"{Spoken.Html($"{address}&lang={page.Texts.Language}")}\">{page.Texts.Html(says)}</a></li>";

    private static string Document(
        Markup page,
        Seen seen,
        JsonElement document,
        IReadOnlySet<string>? carried
    )
    {
        string language = Seen.Text(document, "language") ?? "";
        string name = PageTexts.Languages.Contains(language)
            ? PageTexts.For(language).Html("language.name")
            : Spoken.Html(Spoken.Plain(language));
        string report = Seen.Text(document, "publication") ?? "";
        string title = Spoken.Html(Spoken.Plain(Seen.Text(document, "title") ?? report));
        string shown =
            $"<bdi lang=\"{Spoken.Html(language)}\">{name}</bdi>: <bdi lang=\"{Spoken.Html(language)}\">{title}</bdi>";
        string read =
            $"<a href=\"{PublicationRoutes.DocumentPath(seen.Id, language)}\" hreflang=\"{Spoken.Html(language)}\">{shown}</a>";
        return IsAway(document, "html", carried)
                ? $"{shown}: {page.Texts.Html("published.carried.away")}"
            : seen.Time("releasedAt") is null || carried is not null ? read
            : $"{read} · {page.LinkTo("reports", report, page.Texts.Html(new Code(report)))} · <a href=\"/reports/{Uri.EscapeDataString(report)}{TlogProof.Extension}\">{page.Texts.Html("column.proof")}</a>";
    }
}
