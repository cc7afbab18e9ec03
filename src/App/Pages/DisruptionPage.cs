using Breakwater.App.Agreements;
using Breakwater.App.Pages.Agreements;
using Breakwater.Decisions.Scoping;
using Breakwater.Disruptions;
using Breakwater.Needs;
using Breakwater.Publications;
using Breakwater.Restorations;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages;

/// <summary><c>/disruptions/ID</c>: one disruption with everything said for and against it.</summary>
internal static class DisruptionPage
{
    private const int BlindShown = 20;
    private const int FollowersShown = 20;

    /// <returns>Null when the public may not see it, or it is not there.</returns>
    public static async Task<string?> Write(PublicView view, PageTexts texts, string id)
    {
        if (
            await view.Find<Disruption>("disruption", id).ConfigureAwait(false)
            is not { Body: { } disruption } recorded
        )
        {
            return null;
        }

        IReadOnlySet<string> hiddenFeeds = await view.HiddenFeeds().ConfigureAwait(false);
        IReadOnlyList<Blind> blind = await view.BlindDuring(disruption).ConfigureAwait(false);
        IReadOnlyList<Need> needs = Need.Latest(
            (await view.All<Need>("need").ConfigureAwait(false))
                .Select(need => need.Body)
                .Where(need => need.Disruptions.Contains(id))
        );
        IReadOnlyList<Restoration> restorations = Restoration.Latest(
            (await view.All<Restoration>("restoration").ConfigureAwait(false))
                .Select(restoration => restoration.Body)
                .Where(restoration => restoration.DisruptionId == id)
        );
        var page = new Markup(texts);
        page.Raw($"<h1>{texts.Html(DisruptionWords.Name(disruption))}</h1>\n");
        SituationLine.Write(
            page,
            await Situation.Of(view, id).ConfigureAwait(false),
            disruption.Origin
        );
        StandingTellings standing = await view.Standing().ConfigureAwait(false);
        if (!standing.Stands(id))
        {
            page.Say(DisruptionWords.Since(page, disruption, standing), "caution");
        }

        if (await view.Scope(id, standing).ConfigureAwait(false) is { } scope)
        {
            Scope(page, scope);
        }

        Case(page, disruption);
        DisruptionFacts.Write(page, disruption, needs, blind, hiddenFeeds);
        foreach (string note in disruption.Notes)
        {
            page.Say(texts.Words.Html(new Said("known.note", ("note", new Free(note)))), "caution");
        }

        SubjectTo(page, disruption, hiddenFeeds);
        Sources(page, disruption, hiddenFeeds);
        CannotSee(page, blind);
        KindPart.Write(page, disruption);
        AreaPart.Write(page, disruption);
        Severity(page, disruption);
        await BesidePart.Write(page, view, disruption).ConfigureAwait(false);
        ClaimsPart.Write(page, disruption);
        await Links(page, view, disruption, standing).ConfigureAwait(false);
        await Revisions(page, view, disruption).ConfigureAwait(false);
        ActivationsPart.Write(page, await TriggersSeen.Told(view, id).ConfigureAwait(false));
        NeedsTable.Write(page, needs);
        Restorations(page, restorations);
        Evidence(page, recorded.Product.Evidence);
        return Layout.Page(
            texts,
            $"/disruptions/{Uri.EscapeDataString(id)}",
            texts.Words.Plain(DisruptionWords.Name(disruption)),
            page.ToString()
        );
    }

    /// <summary>A core resource in doubt has deadlines, functions and people to call: a case keeps them.</summary>
    private static void Case(Markup page, Disruption disruption)
    {
        if (disruption.Place.IsCoreResource || disruption.Routing is not null)
        {
            page.Raw(
                $"<p class=\"quiet\">{page.Link("/act/continuity-cases/open-case", page.Texts.Html("disruption.open-case"))}</p>\n"
            );
        }
    }

    private static void Scope(Markup page, ScopeJudgement scope) =>
        page.Raw(
            $"<p class=\"caution\">{page.Texts.Html($"scope.{scope.Standing}")} {page.Texts.Html($"scope.ground.{GroundOf(scope.Ground)}")} {page.LinkTo("scope-judgements", scope.Id, page.Texts.Html("scope.reasons"))}</p>\n"
        );

    private static string GroundOf(ScopeGround ground) =>
        ground == ScopeGround.ContravenesInternationalLaw ? "law" : "infrastructure";

    private static void Sources(
        Markup page,
        Disruption disruption,
        IReadOnlySet<string> hiddenFeeds
    )
    {
        PageTexts texts = page.Texts;
        page.Head("sources", texts.Words.Html("table.sources"))
            .Say(texts.Html("sources.intro"), "quiet")
            .Grid(
                texts.Words.Html("table.sources"),
                [
                    "source",
                    "family",
                    "verdict",
                    "drop#",
                    "lost-from",
                    "back",
                    "live#",
                    "tag",
                    "weight#",
                ],
                [
                    .. disruption
                        .Sources.Where(source => !hiddenFeeds.Contains(source.Name))
                        .Select(source => new GridRow([
                            texts.Html(new Free(source.Name)),
                            texts.Html(Word.Of("family", source.Family)),
                            $"<span class=\"verdict {source.Verdict.ToString().ToLowerInvariant()}\">{texts.Html(Word.Of("verdict", source.Verdict))}</span>",
                            texts.Html(
                                source.DropShare is { } drop ? new Share(drop) : new Said("unknown")
                            ),
                            texts.Html(
                                source.Onset is { } onset ? Word.Of(onset) : new Said("nothing")
                            ),
                            texts.Html(
                                source.End is { } end ? Word.Of(end)
                                : source.Onset is null ? new Said("nothing")
                                : new Said("not-yet")
                            ),
                            texts.Html(
                                source.LiveShare is { } live ? new Share(live) : new Said("unknown")
                            ),
                            texts.Html(new Code(source.Tag)),
                            texts.Html(new Number(source.Weight, 1)),
                        ])),
                ]
            );
    }

    /// <summary>A caveat that names a feed which is not public is not public either.</summary>
    private static void SubjectTo(
        Markup page,
        Disruption disruption,
        IReadOnlySet<string> hiddenFeeds
    )
    {
        List<string> caveats =
        [
            .. disruption
                .SubjectTo.Where(caveat =>
                    !hiddenFeeds.Any(feed => caveat.Contains(feed, StringComparison.Ordinal))
                )
                .Select(page.Texts.Caveat),
        ];
        if (caveats.Count > 0)
        {
            page.Head("subject-to", page.Texts.Html("subject-to.title")).Items(caveats);
        }
    }

    /// <summary>The stretches of the disruption in which feeds of its place, or feeds as a whole, could not see.</summary>
    private static void CannotSee(Markup page, IReadOnlyList<Blind> blind)
    {
        PageTexts texts = page.Texts;
        page.Head("cannot-see", texts.Html("cannot-see.title"));
        if (blind.Count == 0)
        {
            page.Say(texts.Html("cannot-see.none"));
            return;
        }

        page.Say(texts.Html("cannot-see.intro"), "quiet")
            .Grid(
                texts.Html("cannot-see.title"),
                ["feed", "from", "to", "reason"],
                [
                    .. blind
                        .Take(BlindShown)
                        .Select(stretch => new GridRow([
                            texts.Html(new Free(stretch.Feed)),
                            texts.Html(new Moment(stretch.From)),
                            texts.Html(new Moment(stretch.To)),
                            texts.Html(new Free(stretch.Reason)),
                        ])),
                ]
            );
        if (blind.Count > BlindShown)
        {
            page.Say(
                texts.Html("cannot-see.more", ("n", new Count(blind.Count - BlindShown))),
                "quiet"
            );
        }
    }

    /// <summary>What was told otherwise before: nothing is revised in silence.</summary>
    private static async Task Revisions(Markup page, PublicView view, Disruption disruption)
    {
        IReadOnlyList<Revision> revisions = await view.RevisionsOf(disruption)
            .ConfigureAwait(false);
        if (revisions.Count == 0)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Head("revisions", texts.Html("revisions.title"))
            .Items(
                revisions.Select(revision =>
                    $"{texts.Html($"revision.{revision.Kind.ToString().ToLowerInvariant()}")} {texts.Html(new Lines([.. revision.Changes.Select(change => new Free(change))]))}{Other(page, revision, disruption)}"
                )
            );
    }

    /// <summary>The other of the two tellings; none when one was amended under its own id.</summary>
    private static string Other(Markup page, Revision revision, Disruption disruption) =>
        revision.Earlier is not { } earlier ? ""
        : earlier == disruption.Id
            ? $" {page.LinkTo("disruptions", revision.Id, page.Texts.Html("told.now"))}"
        : $" {page.LinkTo("disruptions", earlier, page.Texts.Html("told.before"))}";

    private static void Severity(Markup page, Disruption disruption)
    {
        if (disruption.Severity.Count == 0)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Head("severity", texts.Html("severity.title"))
            .Say(texts.Html("severity.intro"), "quiet")
            .Grid(
                texts.Html("severity.title"),
                ["family", "drop#", "duration#"],
                [
                    .. disruption.Severity.Select(severity => new GridRow([
                        texts.Html(Word.Of("family", severity.Family)),
                        texts.Html(new Share(severity.DropShare)),
                        texts.Html(new Count(severity.Minutes / 60)),
                    ])),
                ]
            );
    }

    private static async Task Links(
        Markup page,
        PublicView view,
        Disruption disruption,
        StandingTellings standing
    )
    {
        var links = new List<string>();
        foreach (DisruptionLink link in disruption.Links)
        {
            // A link to what is not public would tell that it is there.
            if (
                await view.Find<Disruption>("disruption", link.DisruptionId)
                    .ConfigureAwait(false) is
                { Body: { } other }
            )
            {
                links.Add(
                    $"{page.Texts.Html(new Term("relation", link.Relation))} {page.LinkTo("disruptions", other.Id, page.Texts.Html(DisruptionWords.Name(other)))}"
                );
            }
        }

        var follows = new DisruptionLink("follows", disruption.Id);
        links.AddRange(
            (await view.All<Disruption>("disruption").ConfigureAwait(false))
                .Select(recorded => recorded.Body)
                .Where(later => later.Links.Contains(follows) && standing.Stands(later.Id))
                .OrderByDescending(later => later.Start)
                .Take(FollowersShown)
                .Select(later =>
                    $"{page.Texts.Html(new Term("relation", "followed-by"))} {page.LinkTo("disruptions", later.Id, page.Texts.Html(DisruptionWords.Name(later)))}"
                )
        );

        if (links.Count > 0)
        {
            page.Head("links", page.Texts.Html("links.title")).Items(links);
        }
    }

    private static void Restorations(Markup page, IReadOnlyList<Restoration> restorations)
    {
        PageTexts texts = page.Texts;
        page.Head("restorations", texts.Words.Html("section.restorations"));
        if (restorations.Count == 0)
        {
            page.Say(texts.Words.Html("restorations.none"));
            return;
        }

        page.Grid(
            texts.Words.Html("table.restorations"),
            [
                "where",
                "service-seen",
                "restoration-state",
                "return",
                "share#",
                "measured-by",
                "notes",
            ],
            [
                .. restorations.Select(restoration => new GridRow(
                    [
                        texts.Html(DisruptionWords.Where(restoration)),
                        texts.Html(new Free(restoration.ServiceSeen)),
                        texts.Html(Word.Of("restoration", restoration.State)),
                        texts.Html(Word.Of(restoration)),
                        texts.Html(
                            restoration.ShareRestored is { } share
                                ? new Share(share)
                                : new Said("unknown")
                        ),
                        texts.Html(new Free(restoration.MeasuredBy)),
                        texts.Html(
                            restoration.Notes.Count == 0
                                ? new Said("nothing")
                                : new Lines([.. restoration.Notes.Select(note => new Free(note))])
                        ),
                    ],
                    restoration.Id
                )),
            ]
        );
    }

    private static void Evidence(Markup page, IReadOnlyList<Evidence> evidence)
    {
        PageTexts texts = page.Texts;
        page.Head("evidence", texts.Html("evidence.title"))
            .Say(texts.Html("evidence.intro"), "quiet")
            .Grid(
                texts.Html("evidence.title"),
                ["file", "rows", "series", "hash"],
                [
                    .. evidence.Select(item => new GridRow([
                        texts.Html(new Code(item.File)),
                        texts.Html(
                            (item.Rows ?? item.Bytes) is { } where
                                ? new Code(where)
                                : new Said("not-stated")
                        ),
                        texts.Html(
                            item.Column is { } column ? new Free(column) : new Said("nothing")
                        ),
                        texts.Html(new Code(item.Sha256)),
                    ])),
                ]
            );
    }
}
