using System.Globalization;

namespace Breakwater.Ledger.Tiles;

/// <summary>
/// C2SP tlog-tiles: up to 256 consecutive hashes of one level. At level 0 they are leaf hashes, above it each is the root
/// over one full tile of the level below.
/// </summary>
/// <param name="Index">Place among the tiles of its level; the first is 0.</param>
/// <param name="Width">How many hashes; fewer than 256 at the right edge only.</param>
public readonly record struct Tile(int Level, long Index, int Width)
{
    /// <summary>Levels of the tree that one level of tiles stands for.</summary>
    public const int Height = 8;

    public const int WidthMax = 1 << Height;

    public const int OctetsMax = WidthMax * MerkleTree.HashOctets;

    public bool IsFull => Width == WidthMax;

    /// <summary>False for numbers that no tree of this world reaches.</summary>
    public bool IsOne =>
        Level is >= 0 and < 8 && Index is >= 0 and < 1L << 40 && Width is > 0 and <= WidthMax;

    public int Octets => Width * MerkleTree.HashOctets;

    /// <summary><c>tile/0/x001/234.p/5</c>.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"tile/{Level}/{Name}");

    /// <summary>Where the entries lie whose hashes a tile of level 0 holds.</summary>
    public string EntriesPath => $"tile/entries/{Name}";

    private string Name
    {
        get
        {
            string name = (Index % 1000).ToString("000", CultureInfo.InvariantCulture);
            for (long rest = Index / 1000; rest > 0; rest /= 1000)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:000}/{name}");
            }

            return IsFull ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.p/{Width}");
        }
    }

    /// <summary>Reads <see cref="Path"/> back, and nothing that is written otherwise.</summary>
    public static bool TryParse(string path, out Tile tile)
    {
        tile = default;
        string[] parts = path.Split('/');
        if (path.Length > 60 || parts is not ["tile", var level, .. { Length: > 0 } name])
        {
            return false;
        }

        int width = WidthMax;
        if (name is [.., var partial, var wide] && partial.EndsWith(".p", StringComparison.Ordinal))
        {
            name = [.. name[..^2], partial[..^2]];
            width = Number(wide);
        }

        long index = 0;
        foreach (string group in name)
        {
            index = (index * 1000) + Number(group.TrimStart('x'));
        }

        tile = new Tile(Number(level), index, width);
        // Whatever was read leniently above is written otherwise.
        return tile.IsOne && tile.Path == path;

        static int Number(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number < 1000
                ? number
                : 0;
    }

    /// <summary>Every tile of a tree, level by level from the leaves up.</summary>
    public static IEnumerable<Tile> Of(long size)
    {
        for (int level = 0; Hashes(level, size) > 0; level++)
        {
            long hashes = Hashes(level, size);
            for (long index = 0; index * WidthMax < hashes; index++)
            {
                yield return At(level, index, size);
            }
        }
    }

    /// <summary>The tile as it is in a tree of <paramref name="size"/> leaves; of no width when that has none there.</summary>
    public static Tile At(int level, long index, long size) =>
        new(level, index, (int)Math.Clamp(Hashes(level, size) - (index * WidthMax), 0, WidthMax));

    private static long Hashes(int level, long size) =>
        level * Height > 62 ? 0 : size >> (level * Height);
}
