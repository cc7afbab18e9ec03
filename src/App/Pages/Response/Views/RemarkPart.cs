using System.Globalization;
using Breakwater.Decisions.Interpreting;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>One remark, with the version it was said of and what it was answered. Whoever said it is named by class and organisation.</summary>
internal static class RemarkPart
{
    public static void Write(Markup page, Seen seen, CommonPosition position, Remark remark) =>
        Write(
            page,
            seen,
            remark,
            position.TextOf(remark.Version)?.FirstOrDefault(each => each.Id == remark.Paragraph),
            position.Paragraphs.FirstOrDefault(each => each.Id == remark.Paragraph),
            position.State == CommonPositionState.Superseded ? null : "answer-remark"
        );

    /// <param name="then">The paragraph as it stood when it was said; null for one that is not known.</param>
    /// <param name="now">As it stands; null for one that stands no more.</param>
    /// <param name="answer">The command that answers it; null when nobody answers any more.</param>
    public static void Write(
        Markup page,
        Seen seen,
        Remark remark,
        NumberedParagraph? then,
        NumberedParagraph? now,
        string? answer
    )
    {
        PageTexts texts = page.Texts;
        string kind = Labels.Value(
            texts,
            typeof(RemarkKind),
            Members.Kebab(remark.Kind.ToString())
        );
        page.Raw(
            $"<div class=\"{(remark.Kind == RemarkKind.Dissent ? "dissent" : "remark")}\" id=\"remark-{remark.Number}\">\n"
        );
        page.Say(
            $"<strong>{kind} {texts.Html(new Count(remark.Number))}</strong> · {EndorsementPart.Class(texts, remark.Organisation is null ? null : remark.Class)} · {Speaker(page, remark.Organisation, remark.IsVoice)} · {texts.Html("response.position.of-version", ("n", new Count(remark.Version)))} · {Values.Moment(texts, remark.At)}"
        );
        CommonPositionView.Words(page, remark.Text);
        if (remark.Alternative is { } alternative)
        {
            page.Say(texts.Html("response.position.asks"), "quiet");
            CommonPositionView.Words(page, alternative);
        }

        Answer(page, remark);
        Changed(page, remark, then, now);
        if (answer is not null && remark.Kind != RemarkKind.Dissent && remark.Answer is null)
        {
            string number = remark.Number.ToString(CultureInfo.InvariantCulture);
            page.Raw(
                $"<ul class=\"acts\">\n<li>{CommonPositionView.Form(page, seen, answer, "remark", number)}</li>\n</ul>\n"
            );
        }

        page.Raw("</div>\n");
    }

    /// <summary>For whom something was said: a member who does not speak for an organisation says nothing in its name.</summary>
    public static string Speaker(Markup page, string? organisation, bool isVoice) =>
        organisation is null ? page.Texts.Html("response.position.voice")
        : !isVoice ? Values.Organisation(page, organisation)
        : $"{page.Texts.Html("response.position.member")} {Values.Organisation(page, organisation)}";

    private static void Answer(Markup page, Remark remark)
    {
        PageTexts texts = page.Texts;
        if (remark.Answer is { } answer)
        {
            page.Say(
                answer.TakenUpIn is { } version
                    ? texts.Html("response.position.taken-up", ("n", new Count(version)))
                    : texts.Html("response.position.not-taken-up"),
                "quiet"
            );
            CommonPositionView.Words(page, answer.Text);
        }

        if (remark.KeptAs is { } kept)
        {
            page.Say(texts.Html("response.position.kept-as", ("n", new Count(kept))), "quiet");
        }
        else if (remark.IsOpenObjection)
        {
            page.Say(texts.Html("response.position.unanswered"), "caution");
        }
    }

    /// <summary>Whoever reads a remark beside other words than it was about must be able to read those.</summary>
    private static void Changed(
        Markup page,
        Remark remark,
        NumberedParagraph? then,
        NumberedParagraph? now
    )
    {
        if (then is not null && then.Since != now?.Since)
        {
            page.Raw(
                $"<details>\n<summary>{page.Texts.Html("response.position.as-it-was", ("n", new Count(remark.Version)))}</summary>\n"
            );
            CommonPositionView.Words(page, then.Text);
            page.Raw("</details>\n");
        }
    }
}
