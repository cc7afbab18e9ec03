using Breakwater.Publications;

namespace Breakwater.App.Pages.Response;

/// <summary>The words by which people know a subject; its id when it has none that this reader may see.</summary>
internal static class Titles
{
    private const int LettersMax = 160;

    private static readonly string[] _paths =
    [
        "question",
        "name",
        "terms.asset",
        "asset",
        "what",
        "about",
        "reason",
        "terms.for",
        "party",
        "site",
        "title",
        "entry.role",
        "number",
        "text",
    ];

    public static string Html(Markup page, Seen seen) =>
        // A country's own id is its code, and people know it by its name.
        seen.Kind.Kind == "country-plan"
            ? page.Texts.Html(new Term("country", seen.Id))
            : Words(page, seen) ?? page.Texts.Html(new Code(Values.Short(seen.Id)));

    /// <returns>Null when this reader may see none.</returns>
    public static string? Words(Markup page, Seen seen) =>
        _paths
            .Select(seen.Text)
            .Append(OfDocument(page.Texts, seen))
            .FirstOrDefault(text => text is { Length: > 0 })
            is { } title
            ? page.Texts.Html(
                title.Contains(' ', StringComparison.Ordinal) || !title.Any(char.IsAsciiDigit)
                    ? new Free(Opening(title.ReplaceLineEndings(" ")))
                    : new Code(Values.Short(title))
            )
            : null;

    /// <summary>The first sentence of a long text, or as much of it as makes a title.</summary>
    private static string Opening(string text) =>
        text.Length <= LettersMax ? text
        : text.IndexOf(". ", StringComparison.Ordinal) is > 0 and <= LettersMax and var end
            ? text[..end]
        : text[..LettersMax] + "…";

    /// <summary>Of what is written in several languages, the title in the reader's, else the first.</summary>
    private static string? OfDocument(PageTexts texts, Seen seen) =>
        seen.List("documents") is { Count: > 0 } documents
            ? Seen.Text(
                documents.FirstOrDefault(each => Seen.Text(each, "language") == texts.Language)
                    is { ValueKind: System.Text.Json.JsonValueKind.Object } own
                    ? own
                    : documents[0],
                "title"
            )
            : null;
}
