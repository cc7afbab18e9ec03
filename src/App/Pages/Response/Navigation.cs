using Breakwater.App.Pages.Contacts;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Subjects;

namespace Breakwater.App.Pages.Response;

/// <summary>The second row of the header, on pages of the response.</summary>
internal static class Navigation
{
    /// <summary>Kinds that somebody looks for first; the others are reached from them.</summary>
    private static readonly string[] _kinds =
    [
        "response",
        "decision",
        "commitment",
        "mission",
        "clearance",
        "fuel-depot",
        "offer",
        "publication",
        "organisation",
    ];

    private static readonly string[] _more =
    [
        "continuity-case",
        "conflict",
        "notification",
        "fuel-request",
        "cross-stream-act",
        "consultation",
        "meeting",
        "work-area",
        "cycle",
        "common-position",
        "contest",
        "scope-judgement",
        "dossier",
        "shutdown-order",
        "fact-sheet",
        "duty-roster",
        "approval",
        "sharing-group",
        "agreement",
        "country-plan",
        "protection",
        "baseline",
        "input-file",
        "indicator-file",
    ];

    public static bool IsHere(string path) =>
        path.StartsWith("/act/", StringComparison.Ordinal)
        || path.StartsWith(DirectoryPage.Path, StringComparison.Ordinal)
        || Catalogue.Known.Kinds.Any(kind => IsOf(path, kind));

    public static string Html(PageTexts texts, string path)
    {
        SubjectKind[] first = [.. _kinds.Select(Catalogue.Known.Of).OfType<SubjectKind>()];
        SubjectKind[] more =
        [
            .. _more.Select(Catalogue.Known.Of).OfType<SubjectKind>(),
            .. Catalogue.Known.Kinds.Where(kind =>
                !_kinds.Contains(kind.Kind) && !_more.Contains(kind.Kind)
            ),
        ];
        bool isMore = more.Any(kind => IsOf(path, kind));
        return $"""
            <nav class="response" aria-label="{texts.Html("nav.response")}">
            <details class="menu"><summary>{texts.Html("nav.response")}{Here(texts, path)}</summary>
            <div>
            {string.Join('\n', first.Select(kind => Link(texts, path, kind)))}
            <details{(isMore ? " open" : "")}><summary>{texts.Html("nav.more")}</summary>
            {string.Join('\n', more.Select(kind => Link(texts, path, kind)))}
            </details>
            </div>
            </details>
            <a href="{ReportDoor.Path}?lang={texts.Language}"{(path == ReportDoor.Path ? " aria-current=\"page\"" : "")}>{texts.Html(
                "act.submit-report"
            )}</a>
            <a href="{DirectoryPage.Path}?lang={texts.Language}"{(path == DirectoryPage.Path ? " aria-current=\"page\"" : "")}>{texts.Html(
                "contacts.title"
            )}</a>
            </nav>
            """;
    }

    /// <summary>Where one is, for a narrow screen on which the menu is closed.</summary>
    private static string Here(PageTexts texts, string path) =>
        Catalogue.Known.Kinds.FirstOrDefault(kind => IsOf(path, kind)) is { } kind
            ? $" · <b>{Labels.Kinds(texts, kind)}</b>"
            : "";

    private static string Link(PageTexts texts, string path, SubjectKind kind) =>
        $"<a href=\"{Addresses.Of(kind)}?lang={texts.Language}\"{(IsOf(path, kind) ? " aria-current=\"page\"" : "")}>{Labels.Kinds(texts, kind)}</a>";

    private static bool IsOf(string path, SubjectKind kind)
    {
        string own = Addresses.Of(kind);
        string act = $"/act/{kind.Plural}/";
        return path == own
            || path.StartsWith(own + "/", StringComparison.Ordinal)
            || path.StartsWith(act, StringComparison.Ordinal);
    }
}
