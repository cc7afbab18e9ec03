using Breakwater.App.Pages.Agreements;
using Breakwater.App.Pages.Contacts;
using Breakwater.App.Pages.Resilience;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Subjects;

namespace Breakwater.App.Pages.Response;

/// <summary>The second row of the header: what belongs together, and of that what somebody looks for first.</summary>
/// <param name="Key">Of its name.</param>
/// <param name="Pages">Addresses that are no kind of subject, with the keys of their names; they go first.</param>
/// <param name="Kinds">Kinds that somebody looks for first.</param>
/// <param name="More">Kinds that are reached from these.</param>
internal sealed record Navigation(
    string Key,
    IReadOnlyList<(string Path, string Key)> Pages,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> More
)
{
    /// <summary>Whatever no other row names is under its "more".</summary>
    public static Navigation Response { get; } =
        new(
            "nav.response",
            [],
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
            ],
            [
                "continuity-case",
                "conflict",
                "notification",
                "fuel-request",
                "cross-stream-act",
                "common-position",
                "contest",
                "scope-judgement",
                "dossier",
                "shutdown-order",
                "fact-sheet",
                "duty-roster",
                "approval",
                "sharing-group",
                "protection",
                "baseline",
                "input-file",
                "imported-list",
            ]
        );

    public static Navigation Preparedness { get; } =
        new(
            "nav.index",
            [
                (IndexPage.Path, "index.title"),
                (MatrixPage.Path, "matrix.title"),
                (DirectoryPage.Path, "contacts.title"),
                (AgreementGapsPage.Path, "agreement.gaps"),
            ],
            [
                "agreement",
                "country-plan",
                "exercise",
                "consultation",
                "meeting",
                "work-area",
                "cycle",
            ],
            [
                "contact-point",
                "contact-ping",
                "consultation-input",
                "exercise-run",
                "indicator-file",
            ]
        );

    /// <summary>Addresses that belong to a row without standing in it.</summary>
    private static readonly string[] _ofPreparedness =
    [
        ChecklistPage.Path,
        Consulting.FollowPage.Path,
        "/examples/cycles",
    ];

    /// <summary>The row that a page belongs to; null for none.</summary>
    public static Navigation? Of(string path) =>
        _ofPreparedness
            .Concat(Preparedness.Pages.Select(page => page.Path))
            .Any(own => IsAt(path, own))
            ? Preparedness
        : Catalogue.Known.Kinds.FirstOrDefault(kind => IsOf(path, kind)) is { } at
            ? Preparedness.Names(at.Kind) ? Preparedness
                : Response
        : path.StartsWith("/act/", StringComparison.Ordinal) ? Response
        : null;

    public string Html(PageTexts texts, string path)
    {
        SubjectKind[] first = [.. Kinds.Select(Catalogue.Known.Of).OfType<SubjectKind>()];
        SubjectKind[] more =
        [
            .. More.Select(Catalogue.Known.Of).OfType<SubjectKind>(),
            .. this == Response
                ? Catalogue.Known.Kinds.Where(kind =>
                    !Names(kind.Kind) && !Preparedness.Names(kind.Kind)
                )
                : [],
        ];
        bool isMore = more.Any(kind => IsOf(path, kind));
        return $"""
            <nav class="response" aria-label="{texts.Html(Key)}">
            <details class="menu"><summary>{texts.Html(Key)}{Here(texts, path)}</summary>
            <div>
            {string.Join(
                '\n',
                Pages
                    .Select(page => Link(texts, page.Path, texts.Html(page.Key), path == page.Path))
                    .Concat(first.Select(kind => Link(texts, path, kind)))
            )}
            <details{(isMore ? " open" : "")}><summary>{texts.Html("nav.more")}</summary>
            {string.Join('\n', more.Select(kind => Link(texts, path, kind)))}
            </details>
            </div>
            </details>
            {(this == Response ? Link(texts, ReportDoor.Path, texts.Html("act.submit-report"), path == ReportDoor.Path) : "")}
            </nav>
            """;
    }

    private bool Names(string kind) => Kinds.Contains(kind) || More.Contains(kind);

    /// <summary>Where one is, for a narrow screen on which the menu is closed.</summary>
    private string Here(PageTexts texts, string path) =>
        Pages.FirstOrDefault(page => page.Path == path) is { Key: { } key }
            ? $" · <b>{texts.Html(key)}</b>"
        : Catalogue.Known.Kinds.FirstOrDefault(kind => IsOf(path, kind)) is { } kind
            ? $" · <b>{Labels.Kinds(texts, kind)}</b>"
        : "";

    private static string Link(PageTexts texts, string path, SubjectKind kind) =>
        Link(texts, Addresses.Of(kind), Labels.Kinds(texts, kind), IsOf(path, kind));

    private static string Link(PageTexts texts, string to, string name, bool isHere) =>
        $"<a href=\"{to}?lang={texts.Language}\"{(isHere ? " aria-current=\"page\"" : "")}>{name}</a>";

    private static bool IsOf(string path, SubjectKind kind) =>
        IsAt(path, Addresses.Of(kind))
        || path.StartsWith($"/act/{kind.Plural}/", StringComparison.Ordinal);

    private static bool IsAt(string path, string own) =>
        path == own || path.StartsWith(own + "/", StringComparison.Ordinal);
}
