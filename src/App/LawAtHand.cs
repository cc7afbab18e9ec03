using Breakwater.Feeds.Law;

namespace Breakwater.App;

/// <summary>The law pack that comes with the executable, read once. It may be damaged: then there are no findings, and the faults say why.</summary>
internal static class LawAtHand
{
    private static readonly Lazy<LawPackRead> _read = new(() => LawPackReader.Read(null));

    public static LawPackRead Read => _read.Value;
}
