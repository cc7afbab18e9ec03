using Breakwater.App.Pages.Response;
using Breakwater.Preparedness.Gaps;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Resilience;

/// <summary>The tables of the gap matrix, one for each phase.</summary>
internal sealed class MatrixParts(Markup page, GapMatrix seen)
{
    private PageTexts Texts => page.Texts;

    public void Write()
    {
        Ask();
        if (seen.NotLookedAt.Count > 0)
        {
            page.Say(
                Texts.Html(
                    "matrix.not-looked-at",
                    (
                        "kinds",
                        new Listed([
                            .. seen.NotLookedAt.Select(kind => new Native(
                                Texts.Plain($"matrix.kind.{Checks.Word(kind)}")
                            )),
                        ])
                    )
                ),
                "caution"
            );
        }

        Reach();
        foreach (IGrouping<Phase, GapCell> phase in seen.Cells.GroupBy(cell => cell.Phase))
        {
            Table(phase.Key, [.. phase]);
        }

        NotCounted();
    }

    public static string Phase(PageTexts texts, Phase phase) =>
        texts.Html($"matrix.phase.{Checks.Word(phase)}");

    public static string Actor(PageTexts texts, StakeholderClass actor) =>
        Labels.Value(texts, typeof(StakeholderClass), Checks.Word(actor));

    public static string Group(PageTexts texts, PopulationGroup group) =>
        texts.Html(Word.Of("group", group));

    private void Ask() =>
        page.Raw(
            $"<form method=\"get\" action=\"{MatrixPage.Path}\">\n<input type=\"hidden\" name=\"lang\" value=\"{Texts.Language}\">\n<label for=\"country\">{Texts.Html("matrix.country")}</label>\n<input id=\"country\" name=\"country\" maxlength=\"2\" autocapitalize=\"characters\" value=\"{seen.Country}\">\n<button type=\"submit\" class=\"plainly\">{Texts.Html("matrix.country.go")}</button>\n</form>\n"
        );

    /// <summary>Civilians and responders in columns of their own, and no sum of them (INV-05).</summary>
    private void Reach() =>
        page.Rows(
                Texts.Html("matrix.reach"),
                [
                    Texts.Html("matrix.reach"),
                    Texts.Html("matrix.civilians"),
                    Texts.Html("matrix.responders"),
                    Texts.Html("matrix.unknown-reach"),
                ],
                [
                    Row("matrix.reach.offered", seen.Offered),
                    Row("matrix.reach.promised", seen.Promised),
                    Row("matrix.reach.working", seen.Working),
                ]
            )
            .Say(Texts.Html("matrix.reach.how"), "quiet");

    private GridRow Row(string key, CoverReach reach) =>
        new([
            Texts.Html(key),
            Texts.Html(Word.Of(reach.Civilians)),
            Texts.Html(Word.Of(reach.Responders)),
            Texts.Html(new Count(reach.Unknown)),
        ]);

    private void Table(Phase phase, IReadOnlyList<GapCell> cells)
    {
        page.Head(Checks.Word(phase), Phase(Texts, phase))
            .Say(Texts.Html($"matrix.phase.{Checks.Word(phase)}.is"), "quiet");
        PopulationGroup[] groups = Enum.GetValues<PopulationGroup>();
        page.Rows(
            Phase(Texts, phase),
            [Texts.Html("matrix.actor"), .. groups.Select(group => Group(Texts, group))],
            [
                .. cells
                    .GroupBy(cell => cell.Actor)
                    .Select(actor => new GridRow([Actor(Texts, actor.Key), .. actor.Select(Cell)])),
            ]
        );
        GapCell[] asked =
        [
            .. cells.Where(cell => cell.Needs.Count > 0).DistinctBy(cell => cell.Group),
        ];
        if (asked.Length > 0)
        {
            page.Items(
                asked.Select(cell =>
                    $"{Group(Texts, cell.Group)}: {Texts.Html("matrix.asked", ("n", new Count(cell.Needs.Count)), ("people", People.Printed(cell.Lacking)))}"
                )
            );
        }
    }

    private string Cell(GapCell cell)
    {
        string address =
            $"{MatrixPage.Path}/{Checks.Word(cell.Phase)}/{Checks.Word(cell.Actor)}/{Checks.Word(cell.Group)}?lang={Texts.Language}{MatrixPage.Query(seen, "&amp;")}";
        string state =
            $"<span class=\"cell {Checks.Word(cell.State)}\">{Texts.Html($"matrix.state.{Checks.Word(cell.State)}")}</span>";
        (string Key, int Count)[] counted =
        [
            ("matrix.offers", cell.Offers.Count),
            ("matrix.agreements", cell.Agreements.Count),
            ("matrix.promised", cell.Promised.Count),
            ("matrix.working", cell.Working.Count),
        ];
        string[] counts =
        [
            .. counted
                .Where(each => each.Count > 0)
                .Select(each => Texts.Html(each.Key, ("n", new Count(each.Count)))),
        ];
        return cell.State == CellState.Empty ? state
            : counts.Length == 0 ? $"<a href=\"{address}\">{state}</a>"
            : $"<a href=\"{address}\">{string.Join("<br>", counts)}</a>";
    }

    private void NotCounted()
    {
        if (seen.NotCounted.Count == 0)
        {
            return;
        }

        page.Head("not-counted", Texts.Html("matrix.not-counted"))
            .Items(
                seen.NotCounted.Select(one =>
                    $"{Texts.Html($"matrix.kind.{Checks.Word(one.Kind)}")}: {Texts.Html($"matrix.standing.{Checks.Word(one.Standing)}", ("n", new Count(one.Ids.Count)))}"
                )
            );
    }
}
