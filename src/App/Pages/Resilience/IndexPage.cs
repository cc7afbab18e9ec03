using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Acts;
using Breakwater.App.Publishing.Forms;
using Breakwater.App.Resilience;
using Breakwater.Preparedness.Resilience;
using Breakwater.Publications;
using Breakwater.Publications.Preparing;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Resilience;

/// <summary><c>/index</c>: all countries of which something is known, in the order of their codes, because their ranges overlap.</summary>
internal sealed class IndexPage(Callers callers, IndexOnRecord index, IClock clock)
{
    public const string Path = "/index";
    public const string CsvPath = "/index.csv";

    public Task Show(Visit visit) => Show(visit, null, StatusCodes.Status200OK);

    /// <param name="why">Why a file of values came back; null for nothing.</param>
    public async Task Show(Visit visit, ValuesCameBack? why, int status)
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
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html("index.title")}</h1>\n");
        ActPage.Told(page, why?.Why);
        if (why?.Read is { } read)
        {
            IndicatorFileView.Faults(page, read);
        }

        page.Say(texts.Html("index.intro"));
        IndexParts.Heading(page, seen);
        if (seen.Index.Countries.Count == 0)
        {
            page.Say(texts.Html("index.none"), "caution");
        }
        else
        {
            List(page, seen.Index);
            page.Say(texts.Html("index.places"), "quiet");
        }

        IndexParts.DaysForm(page, Path, visit.Http.Request, isWrong);
        if (since is { } before)
        {
            IndexSeen earlier = await index
                .For(ResilienceDoor.ReaderOf(caller), before, visit.Cancel)
                .ConfigureAwait(false);
            IndexParts.Changed(
                page,
                seen.Set,
                ResilienceChanges.Between(earlier.Index, seen.Index),
                isOfOne: false
            );
        }

        ValuesForm.Write(page, visit, caller);
        Method(page, seen.Set);
        page.Say(
            $"<a href=\"{CsvPath}\">{texts.Html("index.csv")}</a> · <a href=\"{SubjectRoutes.Root}/index\">JSON</a> · {page.Link(MatrixPage.Path, texts.Html("matrix.title"))}"
        );
        PublishPart.Write(page, caller, IndexForm.Kind, IndexForm.All);
        await visit
            .Show(
                Layout.Page(texts, Path, texts.Plain("index.title"), page.ToString()),
                isWrong ? StatusCodes.Status400BadRequest : status
            )
            .ConfigureAwait(false);
    }

    public async Task Download(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        IndexSeen seen = await index
            .For(ResilienceDoor.ReaderOf(caller), index.Today, visit.Cancel)
            .ConfigureAwait(false);
        Representation.ForOneReader(visit.Http.Response);
        visit.Http.Response.ContentType = "text/csv; charset=utf-8";
        await visit
            .Http.Response.Body.WriteAsync(
                IndexTable.Of(seen.Set, seen.Index).ToCsv(),
                visit.Cancel
            )
            .ConfigureAwait(false);
    }

    private static void List(Markup page, ResilienceIndex all)
    {
        PageTexts texts = page.Texts;
        page.Rows(
            texts.Html("index.title"),
            [
                texts.Html("index.country"),
                texts.Html("index.index"),
                texts.Html("index.known"),
                texts.Html("index.place"),
            ],
            [
                .. all.Countries.Select(country => new GridRow([
                    page.Link(
                        CountryPage.Of(country.Country),
                        texts.Html(Word.Of(Place.OfCountry(country.Country)))
                    ),
                    IndexParts.Score(texts, country.Score, country.Range),
                    texts.Html(new Share(country.Completeness)),
                    PlaceOf(texts, all, country),
                ])),
            ]
        );
    }

    public static string PlaceOf(PageTexts texts, ResilienceIndex all, CountryResilience country) =>
        all.PlaceOf(country) is { } place
            ? texts.Html(
                place.Best == place.Worst ? "index.place.one" : "index.place.between",
                ("best", new Count(place.Best)),
                ("worst", new Count(place.Worst)),
                ("of", new Count(place.Of))
            )
            : "—";

    private static void Method(Markup page, IndicatorSet set)
    {
        PageTexts texts = page.Texts;
        page.Head("method", texts.Html("index.method")).Say(texts.Html("index.method.is"));
        page.Raw($"<details>\n<summary>{texts.Html("index.set")}</summary>\n")
            .Rows(
                texts.Html("index.set"),
                [
                    texts.Html("index.pillar"),
                    texts.Html("index.indicator"),
                    texts.Html("index.part"),
                    texts.Html("index.thresholds"),
                    texts.Html("index.age-max"),
                    texts.Html("index.where"),
                ],
                [
                    .. from pillar in set.Pillars
                    from pair in pillar.Indicators.Zip(IndicatorSet.SharesIn(pillar))
                    let indicator = pair.First
                    select new GridRow([
                        texts.Html(IndexParts.Named(pillar.Names)),
                        $"{texts.Html(IndexParts.Named(indicator.Names))} {texts.Html(new Code(indicator.Id))}",
                        texts.Html(new Share(set.ShareOf(pillar) * pair.Second, 1)),
                        texts.Html(
                            $"index.better.{Checks.Word(indicator.Better)}",
                            ("low", IndexParts.Value(indicator.Floor)),
                            ("high", IndexParts.Value(indicator.Ceiling)),
                            (
                                "unit",
                                new Native(texts.Plain($"index.unit.{Checks.Word(indicator.Unit)}"))
                            )
                        ),
                        texts.Html("index.days", ("n", new Count(indicator.AgeDaysMax))),
                        texts.Html(new Free(indicator.Source)),
                    ]),
                ]
            )
            .Raw("</details>\n");
    }
}
