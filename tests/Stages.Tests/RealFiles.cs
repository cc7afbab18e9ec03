using System.IO.Compression;
using Breakwater.Vocabulary;

namespace Breakwater.Stages.Tests;

/// <summary>Reference files as the door opens them.</summary>
internal static class RealFiles
{
    public static SourceFile Open(string path)
    {
        byte[] octets = File.ReadAllBytes(path);
        if (octets is [0x1f, 0x8b, ..])
        {
            using var gzip = new GZipStream(new MemoryStream(octets), CompressionMode.Decompress);
            var plain = new MemoryStream();
            gzip.CopyTo(plain);
            octets = plain.ToArray();
        }

        return SourceFile.Of(Path.GetFileName(path), octets);
    }
}
