using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Publishing.Forms;
using Breakwater.App.Resilience;
using Breakwater.Preparedness.Resilience;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Resilience;

/// <summary><c>/index/SD</c>: what to do first, what to find out, and every indicator with its value, day and source, or that it is missing.</summary>
internal sealed class CountryPage(Callers callers, IndexOnRecord index, IClock clock)
{
    public const string Path = "/index/{country}";

    /// <summary>Fewer draws than the command line makes: a page is read at once, and percentiles of places are whole numbers.</summary>
    private static readonly SensitivityTerms _terms = new(200);

    public static string Of(string country) => $"{IndexPage.Path}/{country}";

    public async Task Show(Visit visit)
    {
        PageTexts texts = visit.Texts;
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        (LocalDate? asOf, LocalDate? since, bool isWrong) = IndexParts.Days(
            visit.Http.Request,
            clock.GetCurrentInstant()
        );
        IndexSeen seen = await index
            .For(ResilienceDoor.ReaderOf(caller), asOf ?? index.Today, visit.Cancel)
            .ConfigureAwait(false);
        if (Countries.OfCode((string)visit.Http.Request.RouteValues["country"]!) is not { } code)
        {
            await Response.Reading.NotFound(visit).ConfigureAwait(false);
            return;
        }

        CountryResilience country = seen.Of(code);
        string name = texts.Words.Plain(Word.Of(Place.OfCountry(code)));
        var page = new Markup(texts);
        page.Raw(
            $"<p class=\"quiet\">{page.Link(IndexPage.Path, texts.Html("index.title"))}</p>\n<h1>{texts.Html(Word.Of(Place.OfCountry(code)))}</h1>\n"
        );
        IndexParts.Heading(page, seen);
        var parts = new CountryParts(page, seen, country);
        parts.Headline();
        parts.First();
        parts.Pillars();
        parts.Indicators();
        parts.Weights(_terms);
        IndexParts.DaysForm(page, Of(code), visit.Http.Request, isWrong);
        if (since is { } before)
        {
            IndexSeen earlier = await index
                .For(ResilienceDoor.ReaderOf(caller), before, visit.Cancel)
                .ConfigureAwait(false);
            ResilienceChanges changes = ResilienceChanges.Between(earlier.Index, seen.Index);
            IndexParts.Changed(
                page,
                seen.Set,
                changes with
                {
                    Countries = [.. changes.Countries.Where(one => one.Country == code)],
                },
                isOfOne: true
            );
        }

        page.Say(
            $"<a href=\"{SubjectRoutes.Root}/index/{code}\">JSON</a> · <a href=\"{MatrixPage.Path}?country={code}&amp;lang={texts.Language}\">{texts.Html("matrix.title")}</a>"
        );
        PublishPart.Write(page, caller, IndexForm.Kind, code);
        await visit
            .Show(
                Layout.Page(
                    texts,
                    Of(code),
                    $"{name} · {texts.Plain("index.title")}",
                    page.ToString()
                ),
                isWrong ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK
            )
            .ConfigureAwait(false);
    }
}
