using System.Text.Json;
using Breakwater.Signals.Answers;
using Breakwater.Signals.Ioda;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>
/// Answers of IODA's interface, version 2 (https://api.ioda.inetintel.cc.gatech.edu/v2): <c>signals/raw</c> gives series with the unit of each
/// source, <c>outages/alerts</c> and <c>outages/events</c> give claims.
/// </summary>
public static class IodaJson
{
    private const int FaultLimit = 50;

    /// <summary>Arrays around the items of an answer: one for each entity, one for each source.</summary>
    private const int NestingMax = 4;

    public static bool Is(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return JsonInput.Mentions(file, "data", "datasource", "nativeStep")
            || JsonInput.Mentions(file, "data", "datasource", "entity", "level")
            || JsonInput.Mentions(file, "data", "datasource", "location", "duration")
            || JsonInput.Mentions(file, "data", "datasource", "entity", "duration");
    }

    /// <param name="place">Where it is, for regions whose country the answer does not name.</param>
    public static SignalsRead Read(SourceFile file, Place? place = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, FaultLimit);
        if (JsonInput.Read(file, faults) is not { } input)
        {
            return new SignalsRead([], faults.ToList());
        }

        if (input.Root.Text("error", 200) is { } error)
        {
            faults.Add("line 1", $"IODA answered with an error: {error}", "Ask again");
        }

        if (input.Root.Member("data") is not { } data)
        {
            faults.Add(
                "line 1",
                "member 'data' is missing",
                "Give an answer of IODA's interface as it came"
            );
            return new SignalsRead([], faults.ToList());
        }

        var series = new IodaSeries(file, input, place, faults);
        var claims = new IodaClaims(file, input, place, faults);
        List<Signal> signals = [];
        foreach ((JsonElement item, string path) in Items(data, "data", 0))
        {
            if (item.Member("values") is not null)
            {
                series.Add(item, path);
            }
            else if (item.Member("level") is not null)
            {
                claims.AddAlert(item, path);
            }
            else if (claims.Event(item, path) is { } signal)
            {
                signals.Add(signal);
            }
        }

        List<string> notes =
        [
            .. series.LeftOut.Select(source =>
                $"IODA: {source} is left out: it is no series that falls when connections are lost"
            ),
        ];
        return new SignalsRead(
            [.. series.Signals, .. signals, .. claims.OfAlerts()],
            faults.ToList(),
            notes
        );
    }

    /// <summary>Objects in nested arrays; some answers wrap them in one more member.</summary>
    private static IEnumerable<(JsonElement Item, string Path)> Items(
        JsonElement element,
        string path,
        int depth
    )
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            if (
                depth == 0
                && element.Member("entity") is null
                && element.Member("datasource") is null
            )
            {
                return element
                    .Members()
                    .Where(member => member.Value.ValueKind == JsonValueKind.Array)
                    .SelectMany(member => Items(member.Value, $"{path}.{member.Name}", 1));
            }

            return [(element, path)];
        }

        return element.ValueKind == JsonValueKind.Array && depth < NestingMax
            ? element
                .EnumerateArray()
                .SelectMany((item, index) => Items(item, $"{path}[{index}]", depth + 1))
            : [];
    }
}
