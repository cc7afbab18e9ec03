using System.Text.Json;
using Breakwater.Signals.Answers;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>
/// Circumstances that somebody states: <c>{"context": [{"circumstance", "place", "start", "end", "source", "text", "network", "distribution"}]}</c>.
/// <c>start</c> and <c>end</c> are a time, a date (a day on the clocks of the country), or <c>{"earliest", "latest"}</c>. Without a source there is nobody to attribute it to, so it is left out.
/// </summary>
public static class SignalsFromContext
{
    private static readonly HashSet<string> _members = new(StringComparer.Ordinal)
    {
        "circumstance",
        "place",
        "start",
        "end",
        "source",
        "text",
        "network",
        "distribution",
    };

    public static bool IsContext(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return JsonInput.Mentions(file, "context", "circumstance");
    }

    public static SignalsRead Read(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        (List<Signal> signals, IReadOnlyList<InputFault> faults) = StatedItems.Read(
            file,
            "context",
            "circumstances",
            (input, item, path) => One(file, input, item, path)
        );
        return new SignalsRead(
            signals,
            faults,
            signals.Count == 0
                ? []
                :
                [
                    $"{file.Name}: {signals.Count} circumstances, as stated by others; alone they are no disruption",
                ]
        );
    }

    private static (ContextSignal? Signal, string? Reason) One(
        SourceFile file,
        JsonInput input,
        JsonElement item,
        string path
    )
    {
        if (
            item.Members()
                .Select(member => member.Name)
                .FirstOrDefault(name => !_members.Contains(name)) is
            { } unknown
        )
        {
            return (null, $"member '{Wording.Shorten(unknown, 40)}' is not known");
        }

        Circumstance? circumstance = CircumstanceOf(item.Text("circumstance", 40));
        if (circumstance is null)
        {
            return (
                null,
                $"'{item.Text("circumstance", 40)}' is no circumstance; use one of {string.Join(", ", Enum.GetValues<Circumstance>().Select(NameOf))}"
            );
        }

        if (item.Text("source", 200) is not { } source)
        {
            return (null, "no source: a circumstance is stated by somebody");
        }

        if (item.Member("place").StatedPlace() is not { } place)
        {
            return (
                null,
                "no place such as \"IR\" or {\"country\": \"IR\", \"area\": [\"Tehran\"]}"
            );
        }

        InstantRange? start = item.Member("start").StatedRange(place.Country);
        InstantRange? end = item.Member("end").StatedRange(place.Country);
        if (start is null || (end is null && item.Member("end") is not null))
        {
            return (null, "start or end is no time and no range of times in UTC");
        }

        if (end is not null && end.Latest < start.Earliest)
        {
            return (null, "the end is before the start");
        }

        Distribution? distribution = item.StatedDistribution();
        if (distribution is null)
        {
            return (null, $"'{item.Text("distribution", 40)}' is no distribution");
        }

        return (
            new ContextSignal
            {
                Id = ContentId.Of("signal", new { file.Sha256, path }),
                Source = source,
                Family = SignalFamily.Context,
                Place = place,
                Network = item.Text("network", 120),
                Origin = Origin.Reported,
                Marking =
                    distribution == Distribution.Public
                        ? Marking.Public
                        : new Marking(distribution.Value, Tlp.Amber),
                Evidence = [input.EvidenceOf(item, path)],
                Circumstance = circumstance.Value,
                Start = start,
                End = end,
                Text = item.Text("text"),
            },
            null
        );
    }

    private static Circumstance? CircumstanceOf(string? name) =>
        Enum.GetValues<Circumstance>()
            .Cast<Circumstance?>()
            .FirstOrDefault(circumstance => NameOf(circumstance!.Value) == name);

    private static string NameOf(Circumstance circumstance) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(circumstance.ToString());
}
