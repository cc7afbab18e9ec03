using System.Collections.Concurrent;
using Breakwater.Norms.Assessing;
using Breakwater.Norms.Packs;

namespace Breakwater.App.Law;

/// <summary>The law pack compiled for the days that are asked for. Any reader may name a day, so few are kept.</summary>
internal sealed class Programmes(LawPack pack)
{
    private const int KeptMax = 64;

    private readonly ConcurrentDictionary<(AsOf, bool), Programme> _kept = new();

    public Programme Of(AsOf asOf, bool isClosed)
    {
        if (_kept.TryGetValue((asOf, isClosed), out Programme? kept))
        {
            return kept;
        }

        if (_kept.Count >= KeptMax)
        {
            _kept.Clear();
        }

        return _kept.GetOrAdd((asOf, isClosed), _ => Programme.Of(pack, asOf, isClosed));
    }
}
