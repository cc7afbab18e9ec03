using System.Text.Json;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Views;
using Breakwater.App.Resilience;
using Breakwater.Preparedness.Resilience;
using Breakwater.Preparedness.Resilience.Loading;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Resilience;

/// <summary>A file of indicator values: of which countries it says something, and the rows that could not be used.</summary>
internal static class IndicatorFileView
{
    public static async Task Write(Markup page, Seen seen, ValuesOnRecord values)
    {
        PageTexts texts = page.Texts;
        IndicatorFile file = seen.State.Deserialize<IndicatorFile>(Json.Compact)!;
        ValuesRead read = await values.Read(file).ConfigureAwait(false);
        page.Facts([
            .. First.Facts(page, seen, "Name", "Values", "Faults", "Marking", "TakenAt"),
            (texts.Html("field.sha256"), texts.Html(new Code(file.Sha256))),
        ]);
        if (file.SetAsideBecause is { } reason)
        {
            page.Say(
                $"{texts.Html("field.set-aside-because")}: {texts.Html(new Free(reason))}",
                "caution"
            );
        }

        page.Head("countries", texts.Html("index.file.countries"))
            .Rows(
                texts.Html("index.file.countries"),
                [texts.Html("index.country"), texts.Html("field.indicator-file.values")],
                [
                    .. read
                        .Values.GroupBy(value => value.Country)
                        .OrderBy(country => country.Key, StringComparer.Ordinal)
                        .Select(country => new GridRow([
                            page.Link(
                                CountryPage.Of(country.Key),
                                texts.Html(Word.Of(Place.OfCountry(country.Key)))
                            ),
                            texts.Html(new Count(country.Count())),
                        ])),
                ]
            );
        Faults(page, read);
    }

    /// <summary>Each row that could not be used, by its line. The reader of values stops naming them where nobody reads on.</summary>
    public static void Faults(Markup page, ValuesRead read)
    {
        PageTexts texts = page.Texts;
        if (read.Faults.Count == 0)
        {
            return;
        }

        page.Head("refused", texts.Html("field.indicator-file.faults"))
            .Rows(
                texts.Html("field.indicator-file.faults"),
                [
                    texts.Html("index.file.line"),
                    texts.Html("index.file.why"),
                    texts.Html("index.file.remedy"),
                ],
                [
                    .. read.Faults.Select(fault => new GridRow([
                        $"{texts.Html(new Code(fault.File))} {texts.Refused(fault.At)}",
                        texts.Refused(fault.Reason),
                        texts.Refused(fault.Remedy),
                    ])),
                ]
            );
        if (read.Omitted > 0)
        {
            page.Say(texts.Html("index.file.omitted", ("n", new Count(read.Omitted))), "caution");
        }
    }
}
