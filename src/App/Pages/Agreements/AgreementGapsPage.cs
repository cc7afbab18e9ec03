using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Pages.Response;
using Breakwater.Preparedness.Agreements;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Agreements;

/// <summary><c>/agreement-gaps</c>: which kinds of agreements countries lack, and what is wanting in those that are in force.</summary>
internal sealed class AgreementGapsPage(Callers callers, Response.Reading reading)
{
    public const string Path = "/agreement-gaps";

    public async Task Show(Visit visit)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        (IReadOnlyList<Agreement> agreements, bool isWhole) = await reading
            .Agreements(caller)
            .ConfigureAwait(false);
        string asked = visit.Http.Request.Query["country"].ToString().Trim();
        string? country = Countries.OfCode(asked);
        bool isWrong = asked.Length > 0 && country is null;
        PageTexts texts = visit.Texts;
        var page = new Markup(texts);
        string title = country is null
            ? texts.Html("agreement.gaps")
            : texts.Html("agreement.gaps.of", ("country", new Term("country", country)));
        page.Raw($"<h1>{title}</h1>\n").Say(texts.Html("agreement.gaps.intro"), "quiet");
        if (!isWhole)
        {
            page.Say(texts.Html("agreement.gaps.partial"), "caution");
        }

        Ask(page, asked, isWrong);
        if (country is null)
        {
            Every(page, agreements);
        }
        else
        {
            One(page, AgreementCover.Of(agreements, [country], reading.Now).Single(), agreements);
        }

        Circles(page, agreements);
        await visit
            .Show(
                Layout.Page(texts, Path, Response.Acts.ActPage.Plain(title), page.ToString()),
                isWrong ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK
            )
            .ConfigureAwait(false);
    }

    private static void Ask(Markup page, string asked, bool isWrong)
    {
        PageTexts texts = page.Texts;
        if (isWrong)
        {
            page.Raw($"<p role=\"alert\">{texts.Html("agreement.gaps.wrong")}</p>\n");
        }

        page.Raw(
            $"<form method=\"get\" action=\"{Path}\">\n<input type=\"hidden\" name=\"lang\" value=\"{texts.Language}\">\n<label for=\"country\">{texts.Html("agreement.gaps.ask")}</label>\n<input id=\"country\" name=\"country\" dir=\"ltr\" maxlength=\"2\" autocapitalize=\"characters\" value=\"{Spoken.Html(asked)}\">\n<button type=\"submit\" class=\"plainly\">{texts.Html("agreement.gaps.go")}</button>\n</form>\n"
        );
    }

    private void Every(Markup page, IReadOnlyList<Agreement> agreements)
    {
        PageTexts texts = page.Texts;
        IReadOnlyList<CountryCover> all = AgreementCover.Of(
            agreements,
            Countries.Codes,
            reading.Now
        );
        var named = agreements
            .SelectMany(AgreementCover.CountriesOf)
            .ToHashSet(StringComparer.Ordinal);
        AgreementKind[] kinds = Enum.GetValues<AgreementKind>();
        CountryCover[] covered = [.. all.Where(one => named.Contains(one.Country))];
        if (covered.Length > 0)
        {
            page.Rows(
                texts.Html("agreement.gaps.all"),
                [
                    texts.Html("agreement.gaps.country"),
                    .. kinds.Select(kind => ActivationsPart.Value(texts, kind)),
                    texts.Html("agreement.gaps.missing"),
                ],
                [
                    .. covered.Select(one => new GridRow([
                        Country(page, one.Country),
                        .. one.Kinds.Select(kind =>
                            kind.IsGap
                                ? texts.Html("agreement.gaps.none")
                                : texts.Html(new Count(kind.InForce))
                        ),
                        texts.Html(new Count(one.Wanting.Count)),
                    ])),
                ]
            );
        }

        CountryCover[] bare = [.. all.Where(one => !named.Contains(one.Country))];
        page.Raw(
                $"<details>\n<summary>{texts.Html("agreement.gaps.nothing")}: {texts.Html(new Count(bare.Length))}</summary>\n<p>"
            )
            .Raw(
                string.Join(" · ", bare.Select(one => texts.Html(new Term("country", one.Country))))
            )
            .Raw("</p>\n</details>\n");
    }

    private static void One(Markup page, CountryCover country, IReadOnlyList<Agreement> agreements)
    {
        PageTexts texts = page.Texts;
        page.Rows(
            texts.Html("agreement.gaps"),
            [
                texts.Html("agreement.gaps.kind"),
                texts.Html("agreement.gaps.in-force"),
                texts.Html("agreement.gaps.parts"),
                texts.Html("agreement.gaps.never"),
                texts.Html("agreement.gaps.failed"),
                texts.Html("agreement.gaps.overdue"),
                texts.Html("agreement.gaps.soon"),
                texts.Html("agreement.gaps.civilians"),
                texts.Html("agreement.gaps.responders"),
                texts.Html("agreement.gaps.waiting"),
            ],
            [
                .. country.Kinds.Select(kind => new GridRow(
                    [
                        ActivationsPart.Value(texts, kind.Kind),
                        kind.IsGap
                            ? $"<strong>{texts.Html("agreement.gaps.none")}</strong>"
                            : texts.Html(new Count(kind.InForce)),
                        .. (
                            (int[])
                                [
                                    kind.OnlyParts,
                                    kind.NeverTested,
                                    kind.Failed,
                                    kind.TestOverdue,
                                    kind.ExpiringSoon,
                                    kind.ForCivilians,
                                    kind.ForResponders,
                                ]
                        ).Select(count => kind.IsGap ? "—" : texts.Html(new Count(count))),
                        texts.Html(new Count(kind.Waiting)),
                    ],
                    Look: kind.IsGap ? "late" : null
                )),
            ]
        );
        if (country.Wanting.Count > 0)
        {
            page.Head("wanting", texts.Html("agreement.wanting"))
                .Items(
                    country.Wanting.Select(want =>
                        $"{page.LinkTo("agreements", want.Agreement, texts.Html(new Free(want.Name)))}: {AgreementView.Want(texts, want)}"
                    )
                );
        }

        Agreement[] own =
        [
            .. agreements.Where(one => AgreementCover.CountriesOf(one).Contains(country.Country)),
        ];
        if (own.Length > 0)
        {
            page.Head("agreements", texts.Html("kinds.agreements"))
                .Items(
                    own.Select(one =>
                        $"{page.LinkTo("agreements", one.Id, texts.Html(new Free(one.Name)))}: {ActivationsPart.Value(texts, one.Terms.Kind)}{texts.Comma}{ActivationsPart.Value(texts, one.State)}"
                    )
                );
        }

        page.Items([page.Link(Path, texts.Html("agreement.gaps.every"))]);
    }

    private static void Circles(Markup page, IReadOnlyList<Agreement> agreements)
    {
        IReadOnlyList<IReadOnlyList<string>> circles = Of(agreements);
        if (circles.Count > 0)
        {
            page.Head("circles", page.Texts.Html("agreement.circles"))
                .Say(page.Texts.Html("agreement.circles.intro"), "caution")
                .Items(
                    circles.Select(circle =>
                        string.Join(
                            " → ",
                            circle
                                .Append(circle[0])
                                .Select(id =>
                                    page.LinkTo("agreements", id, page.Texts.Html(new Code(id)))
                                )
                        )
                    )
                );
        }
    }

    public static IReadOnlyList<IReadOnlyList<string>> Of(IReadOnlyList<Agreement> agreements) =>
        TriggerCycles.Of(
            agreements
                .Where(one =>
                    one.State
                        is AgreementState.InForce
                            or AgreementState.Signed
                            or AgreementState.Proposed
                )
                .ToDictionary(
                    one => one.Id,
                    one => Trigger.WaitsFor(one.Terms.Trigger),
                    StringComparer.Ordinal
                )
        );

    private static string Country(Markup page, string code) =>
        $"<a href=\"{Path}?country={code}&amp;lang={page.Texts.Language}\">{page.Texts.Html(new Term("country", code))}</a>";
}
