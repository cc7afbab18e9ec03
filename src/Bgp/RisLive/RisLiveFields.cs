using System.Text.Json;

namespace Breakwater.Bgp;

/// <summary>
/// Where the members of one message stand in its JSON. They come in any order and most are not needed when the octets
/// of the BGP message are there, so they are only located here.
/// </summary>
internal ref struct RisLiveFields
{
    // Deeper than any message: data, announcements, announcement, prefixes.
    private const int DepthMax = 16;

    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> MessageType;
    public ReadOnlySpan<byte> Timestamp;
    public ReadOnlySpan<byte> Peer;
    public ReadOnlySpan<byte> PeerAsn;
    public ReadOnlySpan<byte> Raw;
    public ReadOnlySpan<byte> Collector;
    public ReadOnlySpan<byte> State;
    public ReadOnlySpan<byte> Direction;
    public ReadOnlySpan<byte> Origin;
    public ReadOnlySpan<byte> MultiExitDisc;
    public ReadOnlySpan<byte> Aggregator;
    public ReadOnlySpan<byte> ErrorMessage;

    /// <summary>Arrays, as JSON.</summary>
    public ReadOnlySpan<byte> Path;
    public ReadOnlySpan<byte> Communities;
    public ReadOnlySpan<byte> Announcements;
    public ReadOnlySpan<byte> Withdrawals;

    /// <returns>Null, or why the text is no message.</returns>
    public static string? Read(ReadOnlySpan<byte> json, out RisLiveFields fields)
    {
        var read = new RisLiveFields();
        string? fault = read.ReadAll(json);
        fields = read;
        return fault;
    }

    private string? ReadAll(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DepthMax });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return "not a JSON object";
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueSpan.SequenceEqual("type"u8))
                {
                    Type = Scalar(ref reader);
                }
                else if (reader.ValueSpan.SequenceEqual("data"u8))
                {
                    ReadData(ref reader, json);
                }
                else
                {
                    reader.Skip();
                }
            }

            return reader.Read() ? "octets after the message" : null;
        }
        catch (JsonException fault)
        {
            return fault.BytePositionInLine is { } column
                ? $"not JSON from octet {column + 1} of the line on"
                : "not JSON";
        }
    }

    private void ReadData(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref reader, json);
        }
    }

    private void ReadMember(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        switch (name.Length)
        {
            case 3 when name.SequenceEqual("raw"u8):
                Raw = Scalar(ref reader);
                return;
            case 3 when name.SequenceEqual("med"u8):
                MultiExitDisc = Scalar(ref reader);
                return;
            case 4 when name.SequenceEqual("peer"u8):
                Peer = Scalar(ref reader);
                return;
            case 4 when name.SequenceEqual("type"u8):
                MessageType = Scalar(ref reader);
                return;
            case 4 when name.SequenceEqual("host"u8):
                Collector = Scalar(ref reader);
                return;
            case 4 when name.SequenceEqual("path"u8):
                Path = Whole(ref reader, json);
                return;
            case 5 when name.SequenceEqual("state"u8):
                State = Scalar(ref reader);
                return;
            case 6 when name.SequenceEqual("origin"u8):
                Origin = Scalar(ref reader);
                return;
            case 7 when name.SequenceEqual("message"u8):
                ErrorMessage = Scalar(ref reader);
                return;
            case 8 when name.SequenceEqual("peer_asn"u8):
                PeerAsn = Scalar(ref reader);
                return;
            case 9 when name.SequenceEqual("timestamp"u8):
                Timestamp = Scalar(ref reader);
                return;
            case 9 when name.SequenceEqual("direction"u8):
                Direction = Scalar(ref reader);
                return;
            case 9 when name.SequenceEqual("community"u8):
                Communities = Whole(ref reader, json);
                return;
            case 10 when name.SequenceEqual("aggregator"u8):
                Aggregator = Scalar(ref reader);
                return;
            case 11 when name.SequenceEqual("withdrawals"u8):
                Withdrawals = Whole(ref reader, json);
                return;
            case 13 when name.SequenceEqual("announcements"u8):
                Announcements = Whole(ref reader, json);
                return;
            default:
                reader.Skip();
                return;
        }
    }

    /// <summary>The text of a string or number; empty for anything else. Escapes are kept: no value that is read has any.</summary>
    private static ReadOnlySpan<byte> Scalar(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            return reader.ValueSpan;
        }

        reader.Skip();
        return [];
    }

    private static ReadOnlySpan<byte> Whole(
        scoped ref Utf8JsonReader reader,
        ReadOnlySpan<byte> json
    )
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }

        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }
}
