using System.Text.Json;
using Breakwater.Signals.Answers;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>
/// What somebody says of a disruption, where no list says it: <c>{"claims": [{"kind", "place", "start", "end", "source", "wording", "cause", "actor", "network", "target", "furtherPlaces", "distribution"}]}</c>.
/// Times are as in <see cref="SignalsFromContext"/>. Without a source there is nobody to attribute it to, so it is left out.
/// </summary>
public static class SignalsFromClaims
{
    private const int FurtherMax = 1_000;

    private static readonly HashSet<string> _members = new(StringComparer.Ordinal)
    {
        "kind",
        "place",
        "start",
        "end",
        "source",
        "wording",
        "cause",
        "actor",
        "network",
        "target",
        "furtherPlaces",
        "distribution",
    };

    public static bool Is(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return JsonInput.Mentions(file, "claims", "wording");
    }

    public static SignalsRead Read(SourceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        (List<Signal> signals, IReadOnlyList<InputFault> faults) = StatedItems.Read(
            file,
            "claims",
            "claims",
            (input, item, path) => One(file, input, item, path)
        );
        return new SignalsRead(signals, faults);
    }

    private static (ClaimSignal? Signal, string? Reason) One(
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

        if (
            item.Text("kind", 60) is not { } kind
            || item.Text("source", 200) is not { } source
            || item.Text("wording") is not { } wording
        )
        {
            return (null, "kind, source or wording is missing: a claim is what somebody says");
        }

        if (item.Member("place").StatedPlace() is not { } place)
        {
            return (
                null,
                "no place such as \"IR\", \"AS64500\" or {\"country\": \"IR\", \"area\": [\"Tehran\"]}"
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

        if (ActorOf(item.Text("actor", 40)) is not { } actor)
        {
            return (
                null,
                $"'{item.Text("actor", 40)}' is no actor; use one of {string.Join(", ", Enum.GetValues<Actor>().Select(NameOf))}"
            );
        }

        Place?[] further =
        [
            .. item.Items("furtherPlaces")
                .Take(FurtherMax)
                .Select(one => ((JsonElement?)one).StatedPlace()),
        ];
        if (further.Contains(null))
        {
            return (null, "one of furtherPlaces is no place");
        }

        if (item.StatedDistribution() is not { } distribution)
        {
            return (null, $"'{item.Text("distribution", 40)}' is no distribution");
        }

        return (
            new ClaimSignal
            {
                Id = ContentId.Of("signal", new { file.Sha256, path }),
                Source = source,
                Family = SignalFamily.Context,
                Place = place,
                Network = item.Text("network", 120),
                Target = item.Text("target", 120),
                FurtherPlaces = further.Length == 0 ? null : [.. further.Select(one => one!)],
                Origin = Origin.Reported,
                Marking =
                    distribution == Distribution.Public
                        ? Marking.Public
                        : new Marking(distribution, Tlp.Amber),
                Evidence = [input.EvidenceOf(item, path)],
                Claim = new Claim(
                    kind,
                    item.Text("cause", 200),
                    actor,
                    source,
                    wording,
                    start,
                    end,
                    Origin.Reported
                ),
            },
            null
        );
    }

    /// <summary>Unknown where nobody is named; null for a word that is none.</summary>
    private static Actor? ActorOf(string? name) =>
        name is null
            ? Actor.Unknown
            : Enum.GetValues<Actor>()
                .Cast<Actor?>()
                .FirstOrDefault(actor => NameOf(actor!.Value) == name);

    private static string NameOf(Actor actor) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(actor.ToString());
}
