using System.Globalization;
using Breakwater.Signals;
using NodaTime;

namespace Breakwater.Disruptions;

/// <summary>
/// Finds feeds that failed themselves: one that loses most of its countries at once, of many, has lost its own sight. What
/// it showed then is no evidence about any of them.
/// </summary>
internal static class FeedFaults
{
    /// <param name="judged">Every series of every country.</param>
    public static IReadOnlyList<FeedGap> Find(
        IEnumerable<SourceLosses> judged,
        DetectorProfile profile
    )
    {
        var faults = new List<FeedGap>();
        foreach (
            IGrouping<string, SourceLosses> source in judged
                .Where(one => one.Country is not null)
                .GroupBy(one => one.Source)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            int countries = source.Select(one => one.Country).Distinct().Count();
            if (countries >= profile.FeedFaultCountries)
            {
                faults.AddRange(OfSource(source.Key, [.. source], countries, profile));
            }
        }

        return faults;
    }

    private static IEnumerable<FeedGap> OfSource(
        string source,
        List<SourceLosses> series,
        int countries,
        DetectorProfile profile
    )
    {
        List<(string Country, InstantPair Onset, InstantPair? End, Duration Step)> losses =
        [
            .. series
                .SelectMany(one =>
                    one.Losses.Select(loss => (one.Country!, loss.Onset, loss.End, one.Step))
                )
                .OrderBy(loss => loss.Onset.Latest)
                .ThenBy(loss => loss.Item1, StringComparer.Ordinal),
        ];
        int i = 0;
        while (i < losses.Count)
        {
            Instant from = losses[i].Onset.Latest;
            int end = i;
            while (end < losses.Count && losses[end].Onset.Latest - from <= losses[i].Step * 2)
            {
                end++;
            }

            var together = losses[i..end];
            int lost = together.Select(loss => loss.Country).Distinct().Count();
            if (
                lost < profile.FeedFaultShare * countries
                || lost < profile.FeedFaultCountries / 2.0
            )
            {
                i++;
                continue;
            }

            // Until most of them are back; a few that stay dark behind it are judged on their own again.
            List<Instant> backs =
            [
                .. together.Select(loss => loss.End?.Latest ?? Instant.MaxValue).Order(),
            ];
            yield return new FeedGap(
                source,
                together.Min(loss => loss.Onset.Earliest),
                backs[(int)(0.8 * (backs.Count - 1))],
                FeedState.Degraded,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{lost} of {countries} countries lost at once: the feed failed, not they"
                )
            );
            i = end;
        }
    }
}

/// <summary>The losses of one series, as far as a fault of its feed is concerned.</summary>
/// <param name="Country">Null for a place that is in no country.</param>
internal sealed record SourceLosses(
    string Source,
    string? Country,
    Duration Step,
    IReadOnlyList<Loss> Losses
);
