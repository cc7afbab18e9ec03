using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>The formats whose files say by themselves what and where they are about: told by content, read by name.</summary>
public static class SignalFormats
{
    private static readonly (
        string Name,
        Func<SourceFile, bool> Is,
        Func<SourceFile, SignalsRead> Read
    )[] _formats = [("events-csv", SignalsFromEvents.IsEventList, SignalsFromEvents.Read)];

    public static IReadOnlyList<string> Names { get; } =
    [.. _formats.Select(format => format.Name)];

    /// <summary>The name of the format, or null when the content is of none of them.</summary>
    public static string? Guess(SourceFile file) =>
        _formats.FirstOrDefault(format => format.Is(file)).Name;

    /// <summary>Null when the name is of none of them.</summary>
    public static SignalsRead? Read(string name, SourceFile file) =>
        _formats.FirstOrDefault(format => format.Name == name).Read?.Invoke(file);
}
