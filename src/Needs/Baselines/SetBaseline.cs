using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Needs.Baselines;

/// <summary>Sets what is known of a country. The whole of it, so that nothing old stays in by accident.</summary>
/// <param name="Reason">Where it comes from, or what changed.</param>
public sealed record SetBaseline(
    string Country,
    IReadOnlyList<Population> Populations,
    IReadOnlyList<NetworkShare> NetworkShares,
    IReadOnlyList<Site> Sites,
    string Reason
)
{
    public const int RowsMax = 20_000;
    private const int TextMax = 4_000;

    public static Decided<BaselineEvent> Decide(
        Baseline? before,
        SetBaseline command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return WhyNot(before, command) is { } refusal
            ? refusal
            : new BaselineSet(
                command.Country,
                command.Populations,
                command.NetworkShares,
                command.Sites,
                command.Reason,
                by.Person,
                now
            );
    }

    private static Refusal? WhyNot(Baseline? before, SetBaseline command)
    {
        if (command.Country is not { Length: 2 } || !command.Country.All(char.IsAsciiLetterUpper))
        {
            return Refusal.Invalid("a country is two capital letters, such as SD");
        }

        if (before is not null && before.Id != command.Country)
        {
            return Refusal.Invalid($"this is the baseline of {before.Id}");
        }

        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > TextMax)
        {
            return Refusal.Invalid(
                $"a baseline needs a source or reason of at most {TextMax} letters"
            );
        }

        if (
            command.Populations is null
            || command.NetworkShares is null
            || command.Sites is null
            || command.Populations.Count + command.NetworkShares.Count + command.Sites.Count
                > RowsMax
        )
        {
            return Refusal.Invalid(
                $"populations, network shares and sites are lists, together of at most {RowsMax} rows"
            );
        }

        return Rows(command);
    }

    private static Refusal? Rows(SetBaseline command) =>
        command.Populations.Any(one => one?.Place?.Country != command.Country)
        || command.NetworkShares.Any(one => one?.Place?.Country != command.Country)
        || command.Sites.Any(one => one?.Place?.Country != command.Country)
            ? Refusal.Invalid($"each row is about a place in {command.Country}")
        : command.Populations.Any(one =>
            one.Count is { } count && (count.Low < 0 || count.High < count.Low)
        )
            ? Refusal.Invalid("a count is a range of numbers from 0; an unknown one is null")
        : command.NetworkShares.Any(one => !(one.Share is >= 0 and <= 1))
            ? Refusal.Invalid("a share is a number from 0 to 1")
        : command.Sites.Any(one =>
            IsNegative(one.BatteryHours)
            || IsNegative(one.FuelLitres)
            || IsNegative(one.BurnLitresPerHour)
        )
            ? Refusal.Invalid(
                "hours and litres of a site are numbers from 0; unknown ones are null"
            )
        : command.Sites.Select(one => one.Id).Distinct(StringComparer.Ordinal).Count()
        != command.Sites.Count
            ? Refusal.Invalid("each site has an id of its own")
        : null;

    private static bool IsNegative(double? value) => value is { } number && !(number >= 0);
}
