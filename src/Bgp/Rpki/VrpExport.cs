using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bgp;

/// <summary>What a validator exported: payloads in the order of the file, and what could not be used of it.</summary>
/// <param name="Faults">The first ones, in the order of the file; the last tells how many more there were.</param>
public sealed record VrpExport(
    VrpSource Source,
    IReadOnlyList<Vrp> Vrps,
    IReadOnlyList<Aspa> Aspas,
    IReadOnlyList<RouterKey> RouterKeys,
    IReadOnlyList<InputFault> Faults
)
{
    /// <summary>
    /// Reads the JSON of Routinator, rpki-client, FORT, OctoRPKI, StayRTR and the RIPE NCC validators, and their CSV with
    /// the columns in any order. Which one it is shows in the content. Rows with a fault are left out and the others read.
    /// </summary>
    /// <param name="file">Decompressed.</param>
    /// <param name="receivedAt">When the file was made or fetched, for formats that do not say when they were generated.</param>
    public static VrpExport Read(SourceFile file, Instant? receivedAt = null)
    {
        var rows = new VrpRows(file);
        ReadOnlySpan<byte> octets = file.Content.Span;
        if (octets.StartsWith("\uFEFF"u8))
        {
            rows.Skip(3);
            octets = octets[3..];
        }

        int first = octets.IndexOfAnyExcept(" \t\r\n"u8);
        if (first >= 0 && octets[first] is (byte)'{' or (byte)'[')
        {
            new VrpJson(rows).Read(octets);
        }
        else if (first >= 0)
        {
            VrpCsv.Read(octets, rows);
        }

        return rows.Export(receivedAt);
    }
}
