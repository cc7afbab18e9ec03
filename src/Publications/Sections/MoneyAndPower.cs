using Breakwater.Needs;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Publications;

/// <summary>Two things that run out: money, and the power of sites.</summary>
internal static class MoneyAndPower
{
    public static Section Funding(Released released)
    {
        Walked walk = released.Walk;
        var draft = new Draft("funding");
        if (walk.Funding.Count == 0)
        {
            draft.Say(new Said("funding.none"), [Ids.OfScenario(walk)]);
            return draft.Section;
        }

        LocalDate today = walk.AsOf.InUtc().Date;
        draft.Tabulate(
            "funding",
            [
                new("label"),
                new("required", IsNumber: true),
                new("received", IsNumber: true),
                new("received-share", IsNumber: true),
                new("money-until"),
                new("source"),
            ],
            walk.Funding.Select(figure =>
                (
                    new Word[]
                    {
                        new Free(figure.Label),
                        Of(figure.RequiredUsd),
                        Of(figure.ReceivedUsd),
                        figure is { RequiredUsd: > 0 and { } required, ReceivedUsd: { } received }
                            ? new Share((double)(received / required))
                            : new Said("unknown"),
                        Until(figure.Until, today),
                        new Free(figure.Source),
                    },
                    (IEnumerable<string>)[Ids.Of(figure)],
                    (IEnumerable<Origin>)[figure.Origin]
                )
            )
        );
        foreach (
            IGrouping<string, FundingFigure> label in walk
                .Funding.GroupBy(figure => figure.Label, StringComparer.Ordinal)
                .Where(Disagrees)
        )
        {
            draft.Say(
                new Said(
                    "funding.disagree",
                    ("label", new Free(label.Key)),
                    ("n", new Count(label.Count()))
                ),
                label.Select(Ids.Of),
                label.Select(figure => figure.Origin),
                Tone.Caution
            );
        }

        return draft.Section;
    }

    public static Section Power(Released released)
    {
        Walked walk = released.Walk;
        var draft = new Draft("power");
        IReadOnlyList<TimeToDark> sites = walk.Assessment.TimeToDark;
        if (sites.Count == 0 && released.PowerByArea.Count == 0)
        {
            draft.Say(
                new Said("power.none", ("n", new Count(ReleaseCheck.SmallestGroupOfSites))),
                [Ids.OfScenario(walk)]
            );
            return draft.Section;
        }

        draft.Say(
            new Said("power.intro", ("at", new Moment(walk.Assessment.AsOf))),
            [Ids.OfScenario(walk)],
            tone: Tone.Quiet
        );
        draft.Tabulate(
            "power",
            [
                new("order", IsNumber: true),
                new("where"),
                new("hours", IsNumber: true),
                new("dark-at"),
                new("people-served", IsNumber: true),
                new("sum"),
            ],
            sites
                .OrderBy(site => site.Order ?? int.MaxValue)
                .ThenBy(site => site.Place.Key, StringComparer.Ordinal)
                .Select(site =>
                    (
                        new Word[]
                        {
                            site.Order is { } order ? new Count(order) : new Said("unknown"),
                            site.Network is { } network
                                ? new Said(
                                    "known.network",
                                    ("network", new Free(network)),
                                    ("where", Word.Of(site.Place))
                                )
                                : Word.Of(site.Place),
                            Hours(site.Hours, 1),
                            Word.Of(site.DarkAt),
                            People.Printed(site.PeopleServed),
                            new Free(site.Sum),
                        },
                        (IEnumerable<string>)[site.SiteId],
                        (IEnumerable<Origin>)[site.Origin]
                    )
                )
        );
        Grouped(draft, released.PowerByArea);
        return draft.Section;
    }

    private static void Grouped(Draft draft, IReadOnlyList<AreaPower> areas)
    {
        if (areas.Count == 0)
        {
            return;
        }

        string[] inputs = [Ids.OfWithheld("site")];
        draft.Say(
            new Said("power.grouped", ("n", new Count(ReleaseCheck.SmallestGroupOfSites))),
            inputs,
            tone: Tone.Quiet
        );
        draft.Tabulate(
            "power-by-area",
            [
                new("where"),
                new("sites", IsNumber: true),
                new("first-hours", IsNumber: true),
                new("first-dark-at"),
                new("last-hours", IsNumber: true),
                new("sites-unknown", IsNumber: true),
            ],
            areas.Select(area =>
                (
                    new Word[]
                    {
                        Word.Of(area.Place),
                        new Count(area.Sites),
                        Hours(area.FirstHours, 0),
                        Word.Of(area.FirstDarkAt),
                        Hours(area.LastHours, 0),
                        new Count(area.Unknown),
                    },
                    (IEnumerable<string>)inputs,
                    (IEnumerable<Origin>)area.Origins
                )
            )
        );
    }

    private static Word Hours(double? hours, int decimals) =>
        hours is { } known ? new Number(known, decimals) : new Said("unknown");

    private static Word Of(decimal? usd) =>
        usd is { } known ? new Money(known) : new Said("unknown");

    private static Said Until(LocalDate? until, LocalDate today) =>
        until is not { } date ? new Said("unknown")
        : date < today ? new Said("funding.past", ("date", new Day(date)))
        : new Said(
            "funding.left",
            ("date", new Day(date)),
            ("n", new Count(Period.DaysBetween(today, date)))
        );

    /// <summary>Figures under one label that do not say the same. Publishers and dates differ; they are never averaged.</summary>
    private static bool Disagrees(IGrouping<string, FundingFigure> label) =>
        label.Select(figure => (figure.RequiredUsd, figure.ReceivedUsd)).Distinct().Skip(1).Any();
}
