using Breakwater.Feeds.Law;

namespace Breakwater.App;

/// <summary>The law pack that comes with the executable, read once. It may be damaged: then there are no findings, and the faults say why.</summary>
internal static class LawAtHand
{
    private static readonly Lazy<LawPackRead> _read = new(() => LawPackReader.Read(null));

    public static LawPackRead Read => _read.Value;

    /// <summary>Reads it beside what else is done, for whoever will need it soon.</summary>
    public static void ReadAhead() => _ = Task.Run(() => _read.Value);
}
