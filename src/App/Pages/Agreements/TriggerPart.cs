using Breakwater.App.Pages.Response;
using Breakwater.Disruptions;
using Breakwater.Preparedness.Agreements;
using Breakwater.Publications;

namespace Breakwater.App.Pages.Agreements;

/// <summary>A trigger in words, and what it says of disruptions now.</summary>
internal static class TriggerPart
{
    public static void Write(Markup page, IReadOnlyList<TriggerCondition> trigger)
    {
        PageTexts texts = page.Texts;
        page.Head("trigger", texts.Html("agreement.trigger"));
        if (trigger.Count == 0)
        {
            page.Say(texts.Html("agreement.trigger.none"), "quiet");
            return;
        }

        page.Say(texts.Html("agreement.trigger.intro"));
        string[] alternatives =
        [
            .. trigger
                .GroupBy(condition => condition.Alternative)
                .OrderBy(all => all.Key)
                .Select(all =>
                    string.Join(
                        texts.Html("response.and"),
                        all.Select(condition => Words(page, condition))
                    )
                ),
        ];
        page.Items(
            alternatives.Select(
                (words, at) =>
                    at == 0 ? words : $"<em>{texts.Html("agreement.trigger.or")}</em> {words}"
            )
        );
    }

    /// <summary>Disruptions in which it is met, or may be: what is not known is named.</summary>
    public static void Now(
        Markup page,
        IReadOnlyList<(Disruption Disruption, TriggerFound Found)> now,
        Func<Disruption, string?> answer
    )
    {
        PageTexts texts = page.Texts;
        page.Head("now", texts.Html("agreement.now"));
        if (now.Count == 0)
        {
            page.Say(texts.Html("agreement.now.none"), "quiet");
            return;
        }

        page.Rows(
            texts.Html("agreement.now"),
            [
                texts.Html("agreement.disruption"),
                texts.Html("agreement.met"),
                texts.Html("agreement.not-known"),
                texts.Html("agreement.answer"),
            ],
            [
                .. now.Select(one => new GridRow([
                    page.LinkTo(
                        "disruptions",
                        one.Disruption.Id,
                        texts.Html(DisruptionWords.Name(one.Disruption))
                    ),
                    $"<strong>{ActivationsPart.Value(texts, one.Found.Truth)}</strong>",
                    ActivationsPart.NotKnown(texts, one.Found.NotKnown),
                    answer(one.Disruption) ?? "—",
                ])),
            ]
        );
    }

    private static string Words(Markup page, TriggerCondition condition)
    {
        PageTexts texts = page.Texts;
        IEnumerable<string> words = condition.Source switch
        {
            TriggerSource.Agreement =>
            [
                texts.Html("agreement.trigger.agreement", ("id", new Code(condition.Agreement!))),
            ],
            TriggerSource.Time =>
            [
                .. condition.Since is { } since
                    ? [texts.Html("agreement.trigger.since", ("at", new Moment(since)))]
                    : (string[])[],
                .. condition.Until is { } until
                    ? [texts.Html("agreement.trigger.until", ("at", new Moment(until)))]
                    : (string[])[],
            ],
            _ => OfDisruption(texts, condition),
        };
        string all = string.Join(texts.Comma, words);
        return condition.IsNot ? $"<em>{texts.Html("agreement.trigger.not")}</em> {all}" : all;
    }

    private static IEnumerable<string> OfDisruption(PageTexts texts, TriggerCondition condition)
    {
        string?[] words =
        [
            condition.Kinds is { Count: > 0 } kinds
                ? texts.Html(
                    "agreement.trigger.kinds",
                    ("kinds", new Listed([.. kinds.Select(kind => new Term("kind", kind))]))
                )
                : null,
            condition.Within is { } within
                ? texts.Html("agreement.trigger.within", ("place", Word.Of(within)))
                : null,
            condition.IsConfirmed ? texts.Html("agreement.trigger.confirmed") : null,
            condition.ConfidenceMin is { } confidence
                ? texts.Html("agreement.trigger.confidence", ("n", new Number(confidence, 2)))
                : null,
            condition.LastsMin is { } length
                ? texts.Html("agreement.trigger.lasts", ("n", new Number(length.TotalHours, 1)))
                : null,
            condition.PeopleShareMin is { } share
                ? texts.Html("agreement.trigger.people", ("share", new Share(share)))
                : null,
        ];
        return words.OfType<string>().DefaultIfEmpty(texts.Html("agreement.trigger.any"));
    }
}
