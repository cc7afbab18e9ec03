using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Ledger;

/// <summary>
/// Reads an envelope whose members stand in canonical order, as all that were ever written do, at a fifth of the general
/// reader's cost: rebuilding reads millions. Whatever stands otherwise it leaves to the general reader, so it can be quick
/// without being lenient. A test holds the two equal.
/// </summary>
internal ref struct CanonicalEnvelope
{
    private Utf8JsonReader json;
    private bool isCanonical = true;

    private CanonicalEnvelope(ReadOnlySpan<byte> octets) => json = new Utf8JsonReader(octets);

    /// <summary>Null for what it does not read, which need not be wrong.</summary>
    public static Envelope? Read(ReadOnlySpan<byte> octets)
    {
        try
        {
            return new CanonicalEnvelope(octets).Read();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private Envelope? Read()
    {
        Next(JsonTokenType.StartObject);
        Next();
        string author = Text("author"u8);
        HybridTime clock = Clock();
        List<Evidence> evidence = EvidenceList();
        Guid id = Id();
        Marking marking = Marking();
        string node = Text("node"u8);
        string payloadSha256 = Text("payloadSha256"u8);
        string previous = Text("previous"u8);
        long schema = Number("schema"u8);
        long sequence = Number("sequence"u8);
        string subject = Text("subject"u8);
        long subjectVersion = Number("subjectVersion"u8);
        string type = Text("type"u8);
        Expect(JsonTokenType.EndObject);
        // Behind the end there must be nothing; what is there throws.
        return isCanonical && !json.Read() && schema is >= int.MinValue and <= int.MaxValue
            ? new Envelope(
                id,
                node,
                sequence,
                previous,
                clock,
                subject,
                subjectVersion,
                type,
                (int)schema,
                payloadSha256,
                marking,
                author,
                evidence
            )
            : null;
    }

    private Guid Id()
    {
        Guid id = default;
        Expect(JsonTokenType.PropertyName);
        isCanonical = isCanonical && json.ValueTextEquals("id"u8);
        Next(JsonTokenType.String);
        isCanonical = isCanonical && json.TryGetGuid(out id);
        Next();
        return id;
    }

    private HybridTime Clock()
    {
        Begin("clock"u8, JsonTokenType.StartObject);
        long milliseconds = Number("milliseconds"u8);
        long tick = Number("tick"u8);
        isCanonical &= tick is >= int.MinValue and <= int.MaxValue;
        End(JsonTokenType.EndObject);
        return isCanonical ? new HybridTime(milliseconds, (int)tick) : default;
    }

    private List<Evidence> EvidenceList()
    {
        var list = new List<Evidence>();
        Begin("evidence"u8, JsonTokenType.StartArray);
        while (isCanonical && json.TokenType == JsonTokenType.StartObject)
        {
            Next();
            string? bytes = TextIf("bytes"u8);
            string? column = TextIf("column"u8);
            string file = Text("file"u8);
            string? rows = TextIf("rows"u8);
            list.Add(new Evidence(Text("sha256"u8), file, rows, column, bytes));
            End(JsonTokenType.EndObject);
        }

        End(JsonTokenType.EndArray);
        return list;
    }

    /// <summary>Of two members, as nearly all are; one with an embargo, a group or an organisation goes to the general reader.</summary>
    private Marking Marking()
    {
        Begin("marking"u8, JsonTokenType.StartObject);
        int distribution = Word("distribution"u8, Envelope.Distributions);
        int tlp = Word("tlp"u8, Envelope.Tlps);
        End(JsonTokenType.EndObject);
        return new Marking((Distribution)distribution, (Tlp)tlp);
    }

    private int Word(ReadOnlySpan<byte> name, JsonEncodedText[] words)
    {
        Expect(JsonTokenType.PropertyName);
        isCanonical = isCanonical && json.ValueTextEquals(name);
        Next(JsonTokenType.String);
        for (int i = 0; isCanonical && i < words.Length; i++)
        {
            if (json.ValueTextEquals(words[i].EncodedUtf8Bytes))
            {
                Next();
                return i;
            }
        }

        isCanonical = false;
        return 0;
    }

    private string Text(ReadOnlySpan<byte> name)
    {
        string? text = TextIf(name);
        isCanonical &= text is not null;
        return text ?? "";
    }

    private string? TextIf(ReadOnlySpan<byte> name)
    {
        Expect(JsonTokenType.PropertyName);
        if (!isCanonical || !json.ValueTextEquals(name))
        {
            return null;
        }

        Next(JsonTokenType.String);
        string? text = isCanonical ? json.GetString() : null;
        Next();
        return text;
    }

    private long Number(ReadOnlySpan<byte> name)
    {
        Expect(JsonTokenType.PropertyName);
        isCanonical = isCanonical && json.ValueTextEquals(name);
        Next(JsonTokenType.Number);
        long number = 0;
        isCanonical = isCanonical && json.TryGetInt64(out number);
        Next();
        return number;
    }

    private void Begin(ReadOnlySpan<byte> name, JsonTokenType start)
    {
        Expect(JsonTokenType.PropertyName);
        isCanonical = isCanonical && json.ValueTextEquals(name);
        Next(start);
        Next();
    }

    private void End(JsonTokenType end)
    {
        Expect(end);
        Next();
    }

    private void Next(JsonTokenType due)
    {
        Next();
        Expect(due);
    }

    private void Next() => isCanonical = isCanonical && json.Read();

    private void Expect(JsonTokenType due) => isCanonical &= json.TokenType == due;
}
