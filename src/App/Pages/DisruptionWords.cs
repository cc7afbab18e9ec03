using Breakwater.Disruptions;
using Breakwater.Publications;
using Breakwater.Restorations;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.App.Pages;

/// <summary>How a disruption is called, in the words of the reports.</summary>
internal static class DisruptionWords
{
    public static Word Where(Disruption disruption) => Where(disruption.Place, disruption.Network);

    public static Word Where(Restoration restoration) =>
        Where(restoration.Place, restoration.Network);

    public static Word Name(Disruption disruption) =>
        new Said(
            "known.title",
            ("kind", Word.Of("kind", disruption.Kind)),
            ("where", Where(disruption))
        );

    public static Word End(Disruption disruption) =>
        disruption.End is { } end ? Word.Of(end) : new Said("not-ended");

    /// <summary>The greatest loss of access, which probes and applications show; of anything else where none of these saw it.</summary>
    public static Word Deepest(Disruption disruption) =>
        disruption
            .Severity.OrderByDescending(severity =>
                severity.Family is SignalFamily.Probing or SignalFamily.Application
            )
            .ThenByDescending(severity => severity.DropShare)
            .FirstOrDefault()
            is { } deepest
            ? new Said(
                "known.deep",
                ("family", Word.Of("family", deepest.Family)),
                ("share", new Share(deepest.DropShare)),
                ("n", new Count(deepest.Minutes / 60))
            )
            : new Said("unknown");

    /// <summary>State as a word in a box whose border differs too, so that colour is never the only sign.</summary>
    public static string State(Disruption disruption, PageTexts texts) =>
        $"<span class=\"state {disruption.State.ToString().ToLowerInvariant()}\">{texts.Html(Word.Of("state", disruption.State))}</span>";

    /// <summary>What became of a telling that no longer stands, with a link forward; as HTML.</summary>
    public static string Since(Markup page, Disruption disruption, StandingTellings standing)
    {
        string latest = standing.Latest(disruption.Id);
        string told =
            latest == disruption.Id
                ? ""
                : $"{page.Texts.Html("told.again")} {page.LinkTo("disruptions", latest, page.Texts.Html("told.now"))}";
        return standing.IsWithdrawn(latest)
            ? $"{told} {page.Texts.Html("told.withdrawn")}".TrimStart()
            : told;
    }

    private static Word Where(Place place, string? network) =>
        network is null
            ? Word.Of(place)
            : new Said("known.network", ("network", new Free(network)), ("where", Word.Of(place)));
}
