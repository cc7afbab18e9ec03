using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>The formats whose files say by themselves what and where they are about: told by content, read by name.</summary>
public static class SignalFormats
{
    private static readonly (
        string Name,
        Func<SourceFile, bool> Is,
        Func<SourceFile, Place?, SignalsRead> Read
    )[] _formats =
    [
        ("events-csv", SignalsFromEvents.IsEventList, (file, _) => SignalsFromEvents.Read(file)),
        ("ioda-json", IodaJson.Is, IodaJson.Read),
        ("ooni-json", OoniJson.Is, OoniJson.Read),
        ("radar-json", RadarJson.Is, RadarJson.Read),
        ("ripestat-prefixes", RipeStatPrefixes.Is, (file, _) => RipeStatPrefixes.Read(file)),
        ("cap", SignalsFromCap.IsCap, SignalsFromCap.Read),
        ("claims-json", SignalsFromClaims.Is, (file, _) => SignalsFromClaims.Read(file)),
        ("context-json", SignalsFromContext.IsContext, (file, _) => SignalsFromContext.Read(file)),
        ("sample-json", SignalsFromSamples.Is, SignalsFromSamples.Read),
        ("zone", Zone.Is, (file, _) => SignalsFromZone.Read(file)),
    ];

    public static IReadOnlyList<string> Names { get; } =
    [.. _formats.Select(format => format.Name)];

    /// <summary>The name of the format, or null when the content is of none of them.</summary>
    public static string? Guess(SourceFile file) =>
        _formats.FirstOrDefault(format => format.Is(file)).Name;

    /// <summary>Null when the name is of none of them.</summary>
    /// <param name="place">Where it is, as far as the input itself does not say.</param>
    public static SignalsRead? Read(string name, SourceFile file, Place? place) =>
        _formats.FirstOrDefault(format => format.Name == name).Read?.Invoke(file, place);
}
