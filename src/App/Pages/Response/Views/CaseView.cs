using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Pages.Contacts;
using Breakwater.Decisions.Continuity;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>A core-resource case: what presses, what was seen to work, and the checklist with what is unknown in it.</summary>
internal static class CaseView
{
    public static async Task Write(Markup page, Seen seen, Reading reading, Caller caller)
    {
        PageTexts texts = page.Texts;
        page.Facts(
            First.Facts(
                page,
                seen,
                ["Type", "Place", "Institution", "Forum", "Users", "UsersSource", "OpenedAt"]
            )
        );
        if (seen.State.Deserialize<ContinuityCase>(Json.Compact) is not { } one)
        {
            return;
        }

        if (one.Deadlines.Any(due => due.State == DeadlineState.Missed))
        {
            page.Say(texts.Html("response.case.missed"), "caution");
        }

        page.Say(texts.Html("response.case.normal"), "quiet");
        await CallsPart.Write(page, About(one), reading, caller).ConfigureAwait(false);
        First.Table(page, seen, nameof(ContinuityCase.Deadlines));
        First.Table(page, seen, nameof(ContinuityCase.Functions));
        Checklist(page, one);
        First.Table(page, seen, nameof(ContinuityCase.Measures));
        First.Table(page, seen, nameof(ContinuityCase.Parties));
        First.Table(page, seen, nameof(ContinuityCase.Outcomes));
        Disruptions(page, one);
    }

    /// <summary>What the case says should be called, and its own place. A resource that is no place is told in words.</summary>
    private static IReadOnlyList<CalledAbout> About(ContinuityCase one) =>
        [
            .. one.Contacts.Select(contact => new CalledAbout(
                Place.TryParse(contact.Resource, out Place place)
                    ? place
                    : new Place { Function = contact.Resource },
                contact.Why
            )),
            .. one.Place.IsNowhere ? [] : (CalledAbout[])[new CalledAbout(one.Place)],
        ];

    /// <summary>Every question, also those that nobody has answered: an empty line is unknown, and says so.</summary>
    private static void Checklist(Markup page, ContinuityCase one)
    {
        PageTexts texts = page.Texts;
        page.Head("checklist", texts.Html("response.case.checklist"))
            .Rows(
                texts.Html("response.case.checklist"),
                [
                    texts.Html("response.case.item"),
                    texts.Html("response.case.question"),
                    texts.Html("response.case.answer"),
                    texts.Html("response.case.evidence"),
                ],
                [
                    .. CaseChecklists
                        .Of(one.Type)
                        .Select(item =>
                        {
                            CheckedItem? said = one.Answers.FirstOrDefault(answer =>
                                answer.Item == item.Id
                            );
                            return new GridRow([
                                texts.Html(new Code(item.Id)),
                                texts.Html(new Native(item.In(texts.Language))),
                                Labels.Value(
                                    texts,
                                    typeof(ItemAnswered),
                                    Members.Kebab((said?.Answer ?? ItemAnswered.Unknown).ToString())
                                ),
                                said is { Evidence.Length: > 0 }
                                    ? texts.Html(new Free(said.Evidence))
                                    : "—",
                            ]);
                        }),
                ]
            );
    }

    private static void Disruptions(Markup page, ContinuityCase one)
    {
        if (one.Disruptions.Count == 0)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Head(
            "disruptions",
            Labels.Member(
                texts,
                Members
                    .Of(typeof(ContinuityCase))
                    .First(member => member.Name == nameof(ContinuityCase.Disruptions))
            )
        );
        page.Say(
            string.Join(
                " ",
                one.Disruptions.Select(id =>
                    page.Link(
                        $"/disruptions/{Uri.EscapeDataString(id)}",
                        texts.Html(new Code(Values.Short(id)))
                    )
                )
            )
        );
    }
}
