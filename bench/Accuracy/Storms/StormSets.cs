using System.IO.Compression;
using Breakwater.Vocabulary;

namespace Breakwater.Bench.Accuracy;

/// <summary>The four SFU files under the folder of reference data.</summary>
internal static class StormSets
{
    public const string Folder = "data/outages/sfu_bgp";

    public static SfuSet CodeRed(string shared) => Read(shared, "Code_Red_I");

    public static SfuSet Nimda(string shared) => Read(shared, "Nimda");

    public static SfuSet RipeRegular(string shared) => Read(shared, "RIPE_regular");

    public static SfuSet BcnetRegular(string shared) => Read(shared, "BCNET_regular");

    private static SfuSet Read(string shared, string name)
    {
        string path = Directory.GetFiles(Path.Combine(shared, Folder), name + ".csv*").Single();
        byte[] octets = File.ReadAllBytes(path);
        SourceFile file = SourceFile.Of(Path.GetFileName(path), octets);
        if (octets is not [0x1F, 0x8B, ..])
        {
            return SfuCsv.Read(name, file);
        }

        using var packed = new GZipStream(
            new MemoryStream(octets, writable: false),
            CompressionMode.Decompress
        );
        using var text = new MemoryStream();
        packed.CopyTo(text);
        return SfuCsv.Read(name, file with { Content = text.ToArray() });
    }
}
