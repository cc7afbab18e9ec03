using Breakwater.Decisions.Interpreting;
using Breakwater.Publications;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>Who stands behind a common position, by stakeholder class. There is no total, because endorsements are no votes.</summary>
internal static class EndorsementPart
{
    public static void Write(Markup page, CommonPosition position)
    {
        PageTexts texts = page.Texts;
        page.Head("endorsements", texts.Html("field.endorsements"))
            .Rows(
                texts.Html("response.position.by-class"),
                [texts.Html("field.class"), texts.Html("response.position.behind")],
                [
                    .. Enum.GetValues<StakeholderClass>()
                        .Select(each => new GridRow([
                            Class(texts, each),
                            string.Join(
                                "<br>",
                                position
                                    .Endorsements.Where(one =>
                                        one.Class == each && one.State == EndorsementState.Holds
                                    )
                                    .Select(one => Holds(page, position, one))
                                    .DefaultIfEmpty("—")
                            ),
                        ])),
                ]
            )
            .Say(texts.Html("response.position.no-votes"), "quiet");
        Endorsement[] ended =
        [
            .. position.Endorsements.Where(one =>
                one.State is EndorsementState.Lapsed or EndorsementState.Withdrawn
            ),
        ];
        if (ended.Length > 0)
        {
            page.Rows(
                texts.Html("response.position.ended"),
                [
                    texts.Html("field.organisation"),
                    texts.Html("field.class"),
                    texts.Html("response.version"),
                    texts.Html("field.state"),
                    texts.Html("field.because"),
                    texts.Html("field.ended-at"),
                ],
                [
                    .. ended.Select(one => new GridRow([
                        Values.Organisation(page, one.Organisation),
                        Class(texts, one.Class),
                        texts.Html(new Count(one.Version)),
                        Labels.Value(
                            texts,
                            typeof(EndorsementState),
                            Members.Kebab(one.State.ToString())
                        ),
                        Because(texts, one),
                        Values.Moment(texts, one.EndedAt),
                    ])),
                ]
            );
        }
    }

    /// <param name="of">Null where nobody has said it.</param>
    public static string Class(PageTexts texts, StakeholderClass? of) =>
        of is { } known
            ? Labels.Value(texts, typeof(StakeholderClass), Members.Kebab(known.ToString()))
            : texts.Html("response.class-not-stated");

    /// <summary>The organisation, the version that it read, and what it leaves out or has not seen.</summary>
    private static string Holds(Markup page, CommonPosition position, Endorsement one)
    {
        PageTexts texts = page.Texts;
        string[] without =
        [
            .. position.Paragraphs.Select(each => each.Id).Where(id => !one.Covers.Contains(id)),
        ];
        return string.Join(
            " · ",
            new[]
            {
                Values.Organisation(page, one.Organisation),
                texts.Html("response.position.of-version", ("n", new Count(one.Version))),
                without.Length == 0
                    ? null
                    : texts.Html(
                        "response.position.without",
                        ("paragraphs", new Code(string.Join(", ", without)))
                    ),
                one.Statement is { } statement ? texts.Html(new Free(statement)) : null,
            }.OfType<string>()
        );
    }

    private static string Because(PageTexts texts, Endorsement one) =>
        one.LapsedIn is { } version
            ? texts.Html(
                "response.position.lapsed",
                ("paragraphs", new Code(string.Join(", ", one.LapsedOver ?? []))),
                ("n", new Count(version))
            )
            : texts.Html(new Free(one.EndedBecause ?? ""));
}
