using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace Breakwater.App.Pages;

/// <summary>An answer as it leaves: its octets, plain and compressed, and its tag.</summary>
internal sealed record PackedAnswer(byte[] Plain, byte[] Brotli, EntityTagHeaderValue Tag)
{
    public static async Task<PackedAnswer> Of(byte[] plain)
    {
        using var compressed = new MemoryStream();
        await using (var brotli = new BrotliStream(compressed, CompressionLevel.Optimal))
        {
            await brotli.WriteAsync(plain).ConfigureAwait(false);
        }

        return new PackedAnswer(plain, compressed.ToArray(), Answer.Tag(plain));
    }
}
