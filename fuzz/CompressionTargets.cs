using System.IO.Compression;
using Breakwater.Feeds;

namespace Breakwater.Fuzz;

/// <summary>Compressed input, told by its content. The seeds of bzip2 and zstd are written out: the runtime has no compressor for them.</summary>
internal static class CompressionTargets
{
    public static IEnumerable<FuzzTarget> All =>
        [
            new FuzzTarget("gzip", GzipSeeds, Read),
            new FuzzTarget("bzip2", Bzip2Seeds, Read),
            new FuzzTarget("zstd", ZstdSeeds, Read),
        ];

    private static ulong Read(byte[] input)
    {
        using Compression compression = Compression.Open(
            new MemoryStream(input, writable: false),
            "input",
            new CompressionLimits(OctetsMax: 4 << 20, RatioAppliesFrom: 1 << 20)
        );
        long length = 0;
        foreach (ReadOnlyMemory<byte> chunk in compression.Chunks())
        {
            length += chunk.Length;
        }

        var outcome = new Outcome();
        outcome.Add((long)Math.Log2(length + 1));
        outcome.Add((long)compression.Format);
        outcome.Add(compression.Faults.Count > 0 ? compression.Faults[0].Reason : null);
        return outcome.Value;
    }

    private static IReadOnlyList<byte[]> GzipSeeds() =>
        [Gzip(MrtTargets.Seeds()[2]), [.. Gzip("one"u8), .. Gzip("two"u8)], Gzip(new byte[70_000])];

    private static byte[] Gzip(ReadOnlySpan<byte> content)
    {
        using var octets = new MemoryStream();
        using (var gzip = new GZipStream(octets, CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return octets.ToArray();
    }

    private static IReadOnlyList<byte[]> ZstdSeeds() =>
        [
            // One segment of one raw block (RFC 8878 section 3.1.1).
            [0x28, 0xB5, 0x2F, 0xFD, 0x20, 5, 0x29, 0, 0, .. "hello"u8],
            // A skippable frame, then a repeated octet (sections 3.1.2 and 3.1.1.2).
            [
                0x50,
                0x2A,
                0x4D,
                0x18,
                2,
                0,
                0,
                0,
                1,
                2,
                0x28,
                0xB5,
                0x2F,
                0xFD,
                0x20,
                100,
                0x23,
                3,
                0,
                65,
            ],
            // (seq 1 300; echo hello hello) | zstd -3
            Convert.FromBase64String(
                "KLUv/QRYJQ8AukRkBxKgFaQ5gBgEAB67u7u3tHj1eIZvAG4AbgBzyx13b97hPtvssskeW+ywa9MO9tVWV0311FJH3Zp1qI82umiihxY66NKkA32zzTXTPLPMMXfmHOaTTS6Z5JFFDrky5SBfbHHFFE8sccSNGYf4uvXq1KdLj97OHvpx48WJDxcevJw88Nuu6VmOOwNEfIgL8SBe4iQeiN9wG17DafgMl+ExvMM5PAw/4Sa8hJPwES7CQ3iFU3gQfsEteAWn4BNcgkfwBmfwEPzKrbzKqXzKpTzKW87yUH7kRl7kRD7kQh7kJSe/wC3wCpwCn8Al8Ai8gTPwEPjddtdNd9ElekRvdEYP0a/d2qud2qdd2qO97WwP7cdu7MVO7MMu7MFedrIH9gvdQq/QKfQJXUKP0Bs6Qw+h33E7Xsfp+ByX43G8x3k8HD/jZryMk/ExLsbDeI3TeDB+xa14FafiU1yKR/EWZ/FQ/Igb8SIeDwRBgADAQBAECBxCfNftel2n63Ndrsf1Xuf1cP2sm/WyTtbHulgP67VO68H6VbfqVZ2qT3WpHtVbndVD9aNu1Is6UR/qQj2olzqpB+o33abXdJo+02V6TO90Tg/TT7pJL+kkfaSL9JBe6ZQepF90i17RKfoEAQBJOsKaAkDmG6M="
            ),
        ];

    private static IReadOnlyList<byte[]> Bzip2Seeds() =>
        [
            // printf 'breakwater breakwater' | bzip2 -9
            Convert.FromBase64String(
                "QlpoOTFBWSZTWaWzJXEAAAKRgEAAMggUgCAAMQwICqjR6nqTqs5tUR5ivi7kinChIUtmSuI="
            ),
            // head -c 5000 /dev/zero | bzip2 -1
            Convert.FromBase64String(
                "QlpoMTFBWSZTWRVwpxsAAAnAIMAAAIAACCAAIKU0GY1GwTxdyRThQkBVwpxs"
            ),
            // seq 1 400 | bzip2 -1
            Convert.FromBase64String(
                "QlpoMTFBWSZTWViZLooAAPFIAAAQf+BQA3gHPOuipUDUm1P1RvyoQDTTQVTz0mk/9UqEUf6pPUftKhBP9VJqm/0qm81uV2/fM+bAPHAFiAdCgUDoQCxwB42AfNAB5pwB82AeOALEA6FAoHQgFjgDxsA+aAC2iAfNgHjgCxAOhQKB0IBY4A8bAPmgA60KBQOhALHAHjYB80AEyZJJJFj2qqvyiqu7u7uyQAAAAAAAAB5nOeKrbbltttWPbJJPvvvvvtkirphyrphyrphyrphyrphyrphyrphyrphyrphyrre9zu7uqcIAAKrFVbbbeIbmpnmZuamZtlXRxlXRxlXRxlXRxlXRxlXRxmv2pOTev2sqq5mZmY8bAPmgMu7u/SfplXRxlXRxlXQXdBd0F3QXdBd0F3QXdb3vdbu7s9JOSSST+kySSe33ve9JP1AAAAAJJJlVWZWZmOhALHAu8u7segAAAAAN73u7v27s7IKB0ILu8u7FySSSSSSSSSSSSSSSSSZVVmZl5iAdCgUXfvb70k+AAAAAA3ve7mZnscAWIB1d3d5YqSSSSSAAAAK7v3327u7/SckkknpIkkk+nve979+/aAAAAAUP8XckU4UJBYmS6KA="
            ),
        ];
}
