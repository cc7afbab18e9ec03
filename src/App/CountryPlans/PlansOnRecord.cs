using Breakwater.App.Subjects;
using Breakwater.Ledger;
using Breakwater.Preparedness.CountryPlans;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.CountryPlans;

/// <summary>Checklists of countries as they stood at a moment, made again from the ledger.</summary>
internal static class PlansOnRecord
{
    public const string Kind = "country-plan";

    /// <summary>What was on record by then, as far as the reader may see it; null when there was nothing.</summary>
    public static async Task<CountryPlan?> AsOf(
        IRecords records,
        string country,
        Reader reader,
        Instant asOf,
        Instant now
    )
    {
        SubjectKind kind = Catalogue.Known.Of(Kind)!;
        SubjectFolding folding = kind.Begin();
        bool isAny = false;
        await foreach (Event entry in records.EventsOf(kind.Subject(country)).ConfigureAwait(false))
        {
            if (Instant.FromUnixTimeMilliseconds(entry.Envelope.Clock.Milliseconds) > asOf)
            {
                break;
            }

            if (!Guard.May(reader, entry.Envelope.Marking, now))
            {
                continue;
            }

            folding.Apply(entry);
            isAny = true;
        }

        return isAny ? folding.Present as CountryPlan : null;
    }

    /// <summary>A day as people write it; its end in UTC, so that what was said on the day is in it. Null for what is no day.</summary>
    public static Instant? EndOf(string day) =>
        LocalDatePattern.Iso.Parse(day) is { Success: true } parsed
        && parsed.Value.Year is > 1 and < 9999
            ? parsed.Value.PlusDays(1).AtMidnight().InUtc().ToInstant()
            : null;
}
