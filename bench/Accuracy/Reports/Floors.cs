using System.Text.Json;

namespace Breakwater.Bench.Accuracy.Reports;

/// <summary>A number that must not get worse than it is known to be, and why that bound.</summary>
public sealed record Floor(
    string Set,
    string Detector,
    string Measure,
    double? Least,
    double? Most,
    string Reason
);

/// <summary>Holds the numbers against the floors. A set that is not there is said, and breaks nothing.</summary>
public static class Floors
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    public static IReadOnlyList<Floor> Read(string path) =>
        JsonSerializer.Deserialize<Floor[]>(File.ReadAllText(path), _json) ?? [];

    /// <returns>A line for each floor, and whether all hold.</returns>
    public static (IReadOnlyList<string> Lines, bool Hold) Check(
        IReadOnlyList<Floor> floors,
        IReadOnlyList<Number> numbers
    )
    {
        List<string> lines = [];
        bool hold = true;
        foreach (Floor floor in floors)
        {
            string name = $"{floor.Set}, {floor.Detector}, {floor.Measure}";
            if (numbers.All(number => number.Set != floor.Set))
            {
                lines.Add($"not checked: {name}: the set is not here");
                continue;
            }

            Number? number = numbers.FirstOrDefault(number =>
                (number.Set, number.Detector, number.Measure)
                == (floor.Set, floor.Detector, floor.Measure)
            );
            double? value = number?.Estimate.Value;
            bool isKept =
                value is { } known
                && (floor.Least is not { } least || known >= least)
                && (floor.Most is not { } most || known <= most);
            hold &= isKept;
            string bound = FormattableString.Invariant(
                $"{(floor.Least is { } low ? $"at least {low}" : "")}{(floor.Most is { } high ? $"at most {high}" : "")}"
            );
            lines.Add(
                $"{(isKept ? "holds" : "BROKEN")}: {name}: {(value is { } shown ? Number.Digits(shown) : "no value")}, {bound} ({floor.Reason})"
            );
        }

        return (lines, hold);
    }
}
