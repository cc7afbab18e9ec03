using System.Text.Json;
using Breakwater.Decisions.Contesting;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>A contest: which finding, what is wrong with it, and each word that was said since, with what was changed because of it.</summary>
internal static class ContestView
{
    public static void Write(Markup page, Seen seen)
    {
        if (seen.State.Deserialize<Contest>(Json.Compact) is not { } contest)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Say(
            texts.Html($"response.contest.{seen.Standing}"),
            contest.State == ContestState.Closed ? null : "caution"
        );
        page.Say(texts.Html("response.contest.finding-only"), "quiet");
        page.Facts([
            .. First.Facts(page, seen, "Number", "Aspect", "Finding"),
            (
                texts.Html("response.contest.by"),
                $"{EndorsementPart.Class(texts, contest.Class)} · {RemarkPart.Speaker(page, contest.Organisation, contest.IsVoice)}"
            ),
            .. First.Facts(page, seen, "ReceivedAt"),
            .. contest.Outcome is null ? [] : First.Facts(page, seen, "Outcome"),
        ]);
        Said(page, "wrong", "field.contest.text", contest.Text);
        Said(page, "proposed", "field.contest.proposed", contest.Proposed);
        if (contest.Sources.Count > 0)
        {
            page.Head("sources", texts.Html("field.sources"))
                .Items(contest.Sources.Select(each => texts.Html(new Free(each))));
        }

        Word(page, "admission", contest.Admission);
        Word(page, "answer", contest.Answer);
        Word(page, "decision", contest.Decision);
        Change(page, contest);
    }

    /// <summary>How contests end and how long they wait. What is not known yet is said to be so, and is no zero.</summary>
    public static void Rates(Markup page, IReadOnlyList<Seen> all)
    {
        PageTexts texts = page.Texts;
        var rates = ContestRates.Of([
            .. all.Select(one => one.State.Deserialize<Contest>(Json.Compact)).OfType<Contest>(),
        ]);
        page.Facts([
            (
                texts.Html("response.contest.rate"),
                rates.SustainedRate is { } rate
                    ? $"{texts.Html(new Share(rate))} · {texts.Html("response.contest.outcomes", ("sustained", new Count(rates.Sustained)), ("partly", new Count(rates.PartlySustained)), ("rejected", new Count(rates.Rejected)))}"
                    : texts.Html("response.contest.none-decided")
            ),
            (
                texts.Html("response.contest.median"),
                rates.MedianToAnswer is { } median
                    ? Values.Length(texts, median)
                    : texts.Html("response.contest.none-answered")
            ),
            (texts.Html("response.contest.waiting"), texts.Html(new Count(rates.Unanswered))),
            (texts.Html("value.inadmissible"), texts.Html(new Count(rates.Inadmissible))),
        ]);
    }

    private static void Word(Markup page, string name, ContestWord? word)
    {
        if (word is null)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Head(name, texts.Html($"field.contest.{name}"));
        page.Say(
            $"{Values.Organisation(page, word.Organisation ?? "")} · {Values.Moment(texts, word.At)}",
            "quiet"
        );
        CommonPositionView.Words(page, word.Reason);
    }

    private static void Change(Markup page, Contest contest)
    {
        if (contest.Change is not { } change)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Head("change", texts.Html("field.change"))
            .Facts([
                (
                    texts.Html("field.contest-change.what"),
                    $"{Labels.Value(texts, typeof(ContestChangeKind), Members.Kebab(change.Kind.ToString()))} {texts.Html(new Code(change.What))}"
                ),
                (texts.Html("field.contest-change.before"), texts.Html(new Code(change.Before))),
                (texts.Html("field.contest-change.after"), texts.Html(new Code(change.After))),
            ])
            .Raw(
                $"<pre tabindex=\"0\" dir=\"ltr\" aria-label=\"{texts.Html("field.diff")}\">{Spoken.Html(Spoken.Plain(change.Diff))}</pre>\n"
            );
    }

    private static void Said(Markup page, string id, string title, string text)
    {
        page.Head(id, page.Texts.Html(title));
        CommonPositionView.Words(page, text);
    }
}
