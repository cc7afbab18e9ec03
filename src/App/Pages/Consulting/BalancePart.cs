using Breakwater.App.Consultations;
using Breakwater.App.Pages.Response;
using Breakwater.Preparedness.Consultations;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Consulting;

/// <summary>Who was heard, by class and region. Whoever sent nothing stands there with nothing.</summary>
internal static class BalancePart
{
    public static void Write(Markup page, HeldInputs inputs, InputTraces traces)
    {
        PageTexts texts = page.Texts;
        var balance = Balance.Of(inputs.All, traces);
        page.Head("balance", texts.Html("consulting.balance"));
        Table(page, "field.class", balance.Classes, isClass: true);
        Table(page, "field.region", balance.Regions, isClass: false);
    }

    private static void Table(
        Markup page,
        string title,
        IReadOnlyList<BalanceRow> rows,
        bool isClass
    )
    {
        PageTexts texts = page.Texts;
        page.Rows(
            texts.Html(title),
            [texts.Html(title), texts.Html("consulting.inputs"), texts.Html("consulting.voices")],
            [
                .. rows.Select(row => new GridRow([
                    row.Name == Balance.NotSaid ? texts.Html("consulting.not-said")
                    : isClass ? Labels.Value(texts, typeof(StakeholderClass), row.Name)
                    : texts.Html(new Free(row.Name)),
                    texts.Html(new Count(row.Inputs)),
                    texts.Html(new Count(row.Voices)),
                ])),
            ]
        );
    }
}
