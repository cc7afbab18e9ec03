using Breakwater.App.Pages.Response;
using Breakwater.Preparedness.Agreements;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Agreements;

/// <summary>Which agreements a disruption calls for, and what their parties said: on pages of the disruption and of its response.</summary>
internal static class ActivationsPart
{
    public static void Write(Markup page, IReadOnlyList<ActivationTold> activations)
    {
        if (activations.Count == 0)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Head("agreements", texts.Html("agreement.here"))
            .Say(texts.Html("agreement.here.intro"), "quiet")
            .Rows(
                texts.Html("agreement.here"),
                [
                    texts.Html("kind.agreement"),
                    texts.Html("agreement.gaps.kind"),
                    texts.Html("agreement.state"),
                    texts.Html("agreement.not-known"),
                    texts.Html("agreement.proposed-at"),
                    texts.Html("agreement.answers"),
                ],
                [
                    .. activations.Select(told => new GridRow([
                        page.LinkTo("agreements", told.Agreement, texts.Html(new Free(told.Name))),
                        Value(texts, told.Kind),
                        Value(texts, told.State),
                        NotKnown(texts, told.NotKnown),
                        told.ProposedAt is { } at
                            ? texts.Html(new Moment(at))
                            : texts.Html("agreement.never"),
                        Answers(texts, told.Answers),
                    ])),
                ]
            );
        if (
            activations.Any(told =>
                told.Answers.Any(answer => answer.Choice == ActivationChoice.Refuse)
            )
        )
        {
            page.Say(texts.Html("agreement.no-judge"), "quiet");
        }
    }

    public static string Value<T>(PageTexts texts, T value)
        where T : struct, Enum => Labels.Value(texts, typeof(T), Checks.Word(value));

    public static string NotKnown(PageTexts texts, IReadOnlyList<TriggerAspect> aspects) =>
        aspects.Count == 0
            ? "—"
            : string.Join("<br>", aspects.Select(aspect => Value(texts, aspect)));

    private static string Answers(PageTexts texts, IReadOnlyList<PartySaid> answers) =>
        answers.Count == 0
            ? texts.Html("agreement.answers.none")
            : string.Join(
                "<br>",
                answers.Select(answer =>
                    $"{texts.Html(new Free(answer.Party))}: {Value(texts, answer.Choice)}. {texts.Html(new Free(answer.Reason))} ({texts.Html(new Moment(answer.At))})"
                )
            );
}
