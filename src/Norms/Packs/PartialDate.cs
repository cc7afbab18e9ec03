using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.Norms.Packs;

/// <summary>
/// A date as precisely as it is known: <c>2020-04-22</c>, <c>2020-04</c> or <c>2020</c>. A start compares as the first day of its
/// period, an end as the last. It is printed as given and never completed.
/// </summary>
public sealed record PartialDate(string Text, LocalDate First, LocalDate Last)
{
    /// <summary>Null when the text is no such date.</summary>
    public static PartialDate? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 10)
        {
            ParseResult<LocalDate> day = LocalDatePattern.Iso.Parse(text);
            return day.Success ? new PartialDate(text, day.Value, day.Value) : null;
        }

        if (text.Length == 7)
        {
            ParseResult<YearMonth> month = YearMonthPattern.Iso.Parse(text);
            return month.Success
                ? new PartialDate(
                    text,
                    month.Value.OnDayOfMonth(1),
                    month.Value.OnDayOfMonth(1).With(DateAdjusters.EndOfMonth)
                )
                : null;
        }

        return
            text.Length == 4
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int year)
            && year >= 1
            ? new PartialDate(text, new LocalDate(year, 1, 1), new LocalDate(year, 12, 31))
            : null;
    }

    public static PartialDate Of(LocalDate day) => new(LocalDatePattern.Iso.Format(day), day, day);

    public override string ToString() => Text;
}

/// <summary>From when to when something counts; null is open.</summary>
public sealed record Period(PartialDate? From, PartialDate? To)
{
    public static Period Always { get; } = new(null, null);

    public bool BeginsBy(LocalDate day) => From is null || From.First <= day;

    public bool EndedBefore(LocalDate day) => To is not null && To.Last < day;

    public bool Holds(LocalDate day) => BeginsBy(day) && !EndedBefore(day);
}
