using System.Globalization;
using Breakwater.Preparedness.Resilience;

namespace Breakwater.App.Verbs.Resilience;

/// <summary>An index as text for a tired person: what is not known stands beside what is.</summary>
internal static class IndexTables
{
    public static void Write(Printing print, IndexTold told)
    {
        ResilienceIndex index = told.Index;
        print.Line(
            $"INDEX  {index.Set} {index.Version} as of {index.AsOf:uuuu-MM-dd}; 0 to 100; withheld where less than {Percent(index.CompletenessMin)} of the weight is known"
        );
        foreach (string note in index.Notes)
        {
            print.Line($"  note: {note}");
        }

        print.Line();
        if (told.Country is { } code)
        {
            Country(print, told, index.Of(code)!);
        }
        else
        {
            List(print, index);
        }

        if (told.Sensitivity is { } study)
        {
            Study(print, study, told);
        }

        if (told.Changes is { } changes)
        {
            Changed(print, changes, told);
        }
    }

    private static void List(Printing print, ResilienceIndex index)
    {
        print.Line("  in the order of codes; places say what can be told apart");
        foreach (CountryResilience country in index.Countries)
        {
            print.Line(
                $"  {country.Country}  {Headline(country), -38} known {Percent(country.Completeness), 5}  {Place(index, country)}"
            );
        }
    }

    private static void Country(Printing print, IndexTold told, CountryResilience country)
    {
        print.Line(
            $"{country.Country}  {Headline(country)}, known {Percent(country.Completeness)}"
        );
        if (!country.IsWithheld)
        {
            print.Line(
                $"  of the width of the range, {Number(country.FromMissing)} come from what is unknown and {Number(country.FromRanges)} from ranges of values; {country.WithoutRange} values state no range and are taken as exact"
            );
        }

        foreach (Pillar pillar in told.Set.Pillars)
        {
            PillarScore score = country.Pillars.First(one => one.Pillar == pillar.Id);
            print.Line();
            print.Line(
                $"{English(pillar.Names).ToUpperInvariant()}  {(score.Score is { } known ? $"{Number(known)} ({Range(score.Range)})" : "unknown")}, known {Percent(score.Completeness)}"
            );
            foreach (Indicator indicator in pillar.Indicators)
            {
                Indicator(
                    print,
                    indicator,
                    country.Indicators.First(one => one.Indicator == indicator.Id)
                );
            }
        }

        print.Line();
        if (country.IsWithheld)
        {
            Needed(print, told, country);
        }
        else
        {
            First(print, told.Improvements!);
        }
    }

    private static void Indicator(Printing print, Indicator indicator, IndicatorScore score)
    {
        string state = score.State switch
        {
            IndicatorState.Missing => "missing",
            IndicatorState.TooOld =>
                $"too old: {Value(score.Value!.Value)} of {score.Value.Date:uuuu-MM-dd}, at most {indicator.AgeDaysMax} days",
            _ =>
                $"{Number(score.Score!.Value)}: {Value(score.Value!.Value)}{(score.Value.HasRange ? $" ({Value(score.Value.Low ?? score.Value.Value)} to {Value(score.Value.High ?? score.Value.Value)})" : "")} {Tables.Word(indicator.Unit)}, {score.Value.Date:uuuu-MM-dd}, {score.Value.Source} [{Tables.Word(score.Value.Origin)}]{(score.IsClipped ? ", clipped" : "")}",
        };
        print.Line($"  {indicator.Id, -26} {state}");
        foreach (IndicatorValue other in score.Contradicting)
        {
            print.Line(
                $"  {"", -26} contradicted: {Value(other.Value)} by {other.Source} ({other.At})"
            );
        }
    }

    /// <summary>Of a score that is withheld no points are told, so what is told is how it comes to be stated.</summary>
    private static void Needed(Printing print, IndexTold told, CountryResilience country)
    {
        Improvements found = told.Improvements!;
        print.Line(
            $"WITHHELD  {Percent(country.Completeness)} of the weight is known, {Percent(told.Index.CompletenessMin)} is needed. The shortest way there is to find out"
        );
        Unknown(print, told.Set, found.FindOut.Take(found.Needed));
        print.Line(
            found.Needed < found.FindOut.Count
                ? "AND THEN  it makes the range narrower"
                : "  and that is all"
        );
        Unknown(print, told.Set, found.FindOut.Skip(found.Needed));
    }

    private static void Unknown(Printing print, IndicatorSet set, IEnumerable<FindOut> findOut)
    {
        foreach (FindOut one in findOut)
        {
            print.Line(
                $"  {one.Indicator, -26} {(one.IsContradicted ? "sources disagree" : $"{Percent(one.Share, "0.0%"), 5} of the weight, from {set.Of(one.Indicator)!.Source}")}"
            );
        }
    }

    private static void First(Printing print, Improvements found)
    {
        print.Line("WHAT WOULD RAISE IT MOST  each alone, the index computed again");
        foreach (Improvement one in found.First)
        {
            print.Line(
                $"  {one.Indicator, -26} from {Value(one.From)} to {Value(one.To)}: index {Number(one.Then)}, {Gain(one.Gain)}; at {Value(one.Best)}: {Gain(one.GainAtBest)}{(one.IsTied ? ", tied" : "")}"
            );
        }

        print.Line(
            found.First.Count == 0
                ? "  nothing that is known can be raised"
                : $"  and {found.Others} others that raise it less"
        );
        print.Line("FIND OUT FIRST  it makes the range narrower, and nothing better");
        foreach (FindOut one in found.FindOut)
        {
            print.Line(
                $"  {one.Indicator, -26} {Number(one.Narrows!.Value)} points of the range{(one.IsContradicted ? ", sources disagree" : "")}"
            );
        }

        if (found.FindOut.Count == 0)
        {
            print.Line("  nothing");
        }
    }

    private static void Study(Printing print, Sensitivity study, IndexTold told)
    {
        print.Line();
        print.Line(
            $"SENSITIVITY  weights drawn {study.Terms.Draws} times (Dirichlet, concentration {Value(study.Terms.Concentration)}, seed {study.Terms.Seed}); nine tenths of scores and places"
        );
        foreach (
            CountrySensitivity one in study.Countries.Where(one =>
                told.Country is null || told.Country == one.Country
            )
        )
        {
            OnePillar most = one.Pillars[0];
            print.Line(
                $"  {one.Country}  {Number(one.Score)} ({Range(one.Scores)})  place {one.Place} ({one.BestPlace} to {one.WorstPlace})  equal weights {Number(one.EqualWeights)}  geometric {Number(one.Geometric)}  hangs most on {most.Pillar}: {Number(most.Without)} without it"
            );
        }
    }

    private static void Changed(Printing print, ResilienceChanges changes, IndexTold told)
    {
        print.Line();
        print.Line($"CHANGED  from {changes.From:uuuu-MM-dd} to {changes.To:uuuu-MM-dd}");
        foreach (
            CountryChanged one in changes.Countries.Where(one =>
                told.Country is null || told.Country == one.Country
            )
        )
        {
            print.Line(
                $"  {one.Country}  {Score(one.Before)} -> {Score(one.After)}{(one.IsDistinguishable ? "" : ", ranges overlap: no change that could be told")}"
            );
            foreach (IndicatorChanged indicator in one.Indicators)
            {
                print.Line(
                    $"      {indicator.Indicator, -26} {Tables.Word(indicator.Change)}: {(indicator.Before is { } from ? Value(from) : "unknown")} -> {(indicator.After is { } to ? Value(to) : "unknown")}"
                );
            }
        }
    }

    private static string Headline(CountryResilience country) =>
        country is { Score: { } score, Range: { } range }
            ? $"{Number(score)} ({Range(range)})"
            : $"withheld, {country.Unknown.Count()} indicators unknown";

    private static string Place(ResilienceIndex index, CountryResilience country) =>
        index.PlaceOf(country) is { } place
            ? place.Best == place.Worst
                ? $"place {place.Best} of {place.Of}"
                : $"place {place.Best} to {place.Worst} of {place.Of}"
            : "";

    private static string Score(double? score) => score is { } known ? Number(known) : "withheld";

    private static string Gain(double points) => $"+{Number(points)}";

    private static string Range(ScoreRange range) => $"{Number(range.Low)} to {Number(range.High)}";

    private static string Number(double value) =>
        value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Value(double value) =>
        value.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Percent(double share, string form = "0%") =>
        share.ToString(form, CultureInfo.InvariantCulture);

    private static string English(IReadOnlyDictionary<string, string> names) => names["en"];
}
