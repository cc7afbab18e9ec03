using Breakwater.Vocabulary;

namespace Breakwater.Preparedness.Consultations;

/// <summary>How many inputs came from whom. Who did not say is a row of its own.</summary>
/// <param name="Inputs">All that came, copies among them.</param>
/// <param name="Voices">Those that begin a wording.</param>
public sealed record BalanceRow(string Name, int Inputs, int Voices);

/// <summary>Who was heard, by class and by region. A class that is not in it sent nothing.</summary>
public sealed record Balance(IReadOnlyList<BalanceRow> Classes, IReadOnlyList<BalanceRow> Regions)
{
    public const string NotSaid = "not-said";

    /// <summary>Regions that are told apart; smaller ones are together in the last row.</summary>
    private const int RegionsMax = 40;

    public static Balance Of(IReadOnlyList<ConsultationInput> inputs, InputTraces traces)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(traces);
        return new Balance(
            [
                .. Enum.GetValues<StakeholderClass>()
                    .Select(each => Row(Checks.Word(each), input => input.Class == each)),
                Row(NotSaid, input => input.Class is null),
            ],
            [
                .. inputs
                    .Select(input => input.Region)
                    .OfType<string>()
                    .GroupBy(region => region, StringComparer.OrdinalIgnoreCase)
                    .OrderByDescending(region => region.Count())
                    .ThenBy(region => region.Key, StringComparer.Ordinal)
                    .Take(RegionsMax)
                    .Select(region =>
                        Row(
                            region.Key,
                            input =>
                                string.Equals(
                                    input.Region,
                                    region.Key,
                                    StringComparison.OrdinalIgnoreCase
                                )
                        )
                    ),
                Row(NotSaid, input => input.Region is null),
            ]
        );

        BalanceRow Row(string name, Func<ConsultationInput, bool> isOf)
        {
            ConsultationInput[] of = [.. inputs.Where(isOf)];
            return new BalanceRow(
                name,
                of.Length,
                of.Count(input => traces.Of(input.Id)?.CopyOf is null)
            );
        }
    }
}
