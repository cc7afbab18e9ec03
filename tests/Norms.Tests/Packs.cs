using Breakwater.Feeds.Law;
using Breakwater.Norms.Packs;
using Xunit;

namespace Breakwater.Norms.Tests;

/// <summary>The pack that comes with the product, read once.</summary>
internal static class Packs
{
    private static readonly Lazy<LawPackRead> _core = new(() => LawPackReader.Read(null));

    public static LawPack Core
    {
        get
        {
            Assert.Empty(_core.Value.Faults);
            return _core.Value.Pack!;
        }
    }

    public static PackTexts Texts => _core.Value.Texts;
}
