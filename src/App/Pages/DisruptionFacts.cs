using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Publications;

namespace Breakwater.App.Pages;

/// <summary>All that a duty officer needs first: since when, how sure, how deep, who agrees and who does not, what nobody saw.</summary>
internal static class DisruptionFacts
{
    public static void Write(
        Markup page,
        Disruption disruption,
        IReadOnlyList<Need> needs,
        IReadOnlyList<Blind> blind,
        IReadOnlySet<string> hiddenFeeds
    )
    {
        PageTexts texts = page.Texts;
        string Value(Word word) => texts.Html(word);
        string Who(Verdict verdict) =>
            Value(
                disruption
                    .Sources.Where(source =>
                        source.Verdict == verdict && !hiddenFeeds.Contains(source.Name)
                    )
                    .Select(source => new Free(source.Name))
                    .ToList()
                    is { Count: > 0 } names
                    ? new Listed([.. names])
                    : new Said("nothing")
            );
        page.Facts([
            (texts.Words.Html("label.state"), DisruptionWords.State(disruption, texts)),
            (texts.Words.Html("label.sure"), Value(Headline.HowSure(disruption.Confidence))),
            (texts.Words.Html("column.onset"), Value(Word.Of(disruption.Onset))),
            (texts.Words.Html("column.end"), Value(DisruptionWords.End(disruption))),
            .. disruption.SeenUntil is { } seen
                ? new[] { (texts.Html("fact.seen-until"), Value(new Moment(seen))) }
                : [],
            (texts.Html("fact.deepest"), Value(DisruptionWords.Deepest(disruption))),
            (texts.Html("fact.agree"), Who(Verdict.Agrees)),
            (texts.Html("fact.disagree"), Who(Verdict.Disagrees)),
            (texts.Html("fact.silent"), Who(Verdict.Absent)),
            (
                texts.Html("cannot-see.title"),
                blind.Count == 0
                    ? texts.Html("cannot-see.none")
                    : $"<a href=\"#cannot-see\">{texts.Html("cannot-see.sum", ("n", new Count(blind.Count)))}</a>"
            ),
            (
                texts.Html("column.messaging"),
                Value(WithoutMessaging.Words(texts, disruption, needs))
            ),
            (texts.Html("fact.origin"), Value(Word.Of("origin", disruption.Origin))),
            (texts.Html("fact.detector"), Value(new Code(disruption.Detector))),
            (texts.Html("fact.chain"), page.Chain(disruption.Id)),
        ]);
    }
}
