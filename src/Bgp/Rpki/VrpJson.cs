using System.Text.Json;

namespace Breakwater.Bgp;

/// <summary>
/// JSON of validators: an object whose arrays hold VRPs, ASPAs and router keys, beside metadata. What a row is shows in its
/// members, whatever the array is called; members that nobody reads here are passed over. Where the text is no JSON, reading
/// goes on at the next row.
/// </summary>
internal sealed class VrpJson(VrpRows rows)
{
    /// <summary>What brings a reader into an array of rows, so that it can go on in the middle of a file.</summary>
    private static ReadOnlySpan<byte> InArray => "{\"\":["u8;

    private int start;
    private bool isInRows;
    private bool isExport;

    public void Read(ReadOnlySpan<byte> octets)
    {
        var reader = new Utf8JsonReader(octets);
        while (true)
        {
            try
            {
                while (reader.Read())
                {
                    Token(ref reader);
                }

                if (!isExport)
                {
                    rows.Fault(
                        0,
                        "JSON without a list of roas and without metadata",
                        "Export the VRPs as json or csv"
                    );
                }

                return;
            }
            catch (JsonException fault)
            {
                int at = start + (int)reader.BytesConsumed;
                rows.Fault(
                    Math.Min(at, octets.Length),
                    $"not JSON: {FirstSentence(fault.Message)}",
                    "Export the file again; the rows before and after are used"
                );
                int next = isInRows && !rows.IsFull ? NextRow(octets, at) : -1;
                if (next < 0)
                {
                    return;
                }

                var primer = new Utf8JsonReader(InArray, isFinalBlock: false, default);
                while (primer.Read()) { }

                start = next;
                reader = new Utf8JsonReader(
                    octets[next..],
                    isFinalBlock: true,
                    primer.CurrentState
                );
            }
        }
    }

    private void Token(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("metadata"u8))
            {
                isExport = true;
                reader.Read();
                Metadata(ref reader);
            }
            else if (IsListOfRows(ref reader))
            {
                reader.Read();
                isInRows = reader.TokenType == JsonTokenType.StartArray;
                isExport = true;
            }
            else if (IsGroup(ref reader))
            {
                isExport = true;
            }
            else
            {
                reader.Skip();
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            isInRows = true;
            isExport = true;
        }
        else if (reader.TokenType == JsonTokenType.EndArray)
        {
            isInRows = false;
        }
        else if (reader.TokenType == JsonTokenType.StartObject && isInRows)
        {
            VrpJsonRow.Read(ref reader, rows, start);
        }
        else if (isInRows)
        {
            rows.Fault(start + (int)reader.TokenStartIndex, "not an object where a row should be");
        }
    }

    private static bool IsListOfRows(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("roas"u8)
        || reader.ValueTextEquals("vrps"u8)
        || reader.ValueTextEquals("aspas"u8)
        || reader.ValueTextEquals("routerKeys"u8)
        || reader.ValueTextEquals("bgpsec_keys"u8)
        || reader.ValueTextEquals("ipv4"u8)
        || reader.ValueTextEquals("ipv6"u8)
        || reader.ValueTextEquals("prefixAssertions"u8)
        || reader.ValueTextEquals("bgpsecAssertions"u8)
        || reader.ValueTextEquals("aspaAssertions"u8);

    /// <summary>Objects that hold lists of rows: ASPAs of rpki-client before 8.5 by address family, and assertions of SLURM.</summary>
    private static bool IsGroup(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("provider_authorizations"u8)
        || reader.ValueTextEquals("locallyAddedAssertions"u8);

    private void Metadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            bool isTime =
                reader.ValueTextEquals("generated"u8)
                || reader.ValueTextEquals("generatedTime"u8)
                || reader.ValueTextEquals("buildtime"u8);
            reader.Read();
            if (isTime && reader.TokenType is JsonTokenType.Number or JsonTokenType.String)
            {
                rows.GeneratedAt ??= VrpTime.Read(reader.ValueSpan);
            }

            reader.Skip();
        }
    }

    /// <summary>The row after the damage: one that a comma sets apart from the end of another.</summary>
    private static int NextRow(ReadOnlySpan<byte> octets, int at)
    {
        while (at < octets.Length)
        {
            int end = octets[at..].IndexOf((byte)'}');
            if (end < 0)
            {
                return -1;
            }

            at += end + 1;
            int comma = AfterSpace(octets, at);
            if (comma < octets.Length && octets[comma] == ',')
            {
                int next = AfterSpace(octets, comma + 1);
                if (next < octets.Length && octets[next] == '{')
                {
                    return next;
                }
            }
        }

        return -1;
    }

    private static int AfterSpace(ReadOnlySpan<byte> octets, int at)
    {
        int count = octets[at..].IndexOfAnyExcept(" \t\r\n"u8);
        return count < 0 ? octets.Length : at + count;
    }

    private static string FirstSentence(string message) =>
        message.Split(". ")[0].Split(" LineNumber")[0].TrimEnd('.');
}
