using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Ledger.Sealing;
using Breakwater.Vocabulary;

namespace Breakwater.App.Sealing;

/// <summary>
/// Seals what a request says in the clear while it is read, so that nothing behind the door ever holds it: a member that
/// takes a <see cref="SealedField"/> takes a text as well. The key is made for this one request, wrapped, and forgotten.
/// </summary>
public sealed class SealingOnEntry : IDisposable
{
    private readonly Custody? custody;
    private readonly string subject;
    private SubjectKey? key;

    /// <param name="custody">Null for a node that has none yet: then it takes no text that would have to be sealed.</param>
    /// <param name="subject">Subject of the ledger that the request is about.</param>
    public SealingOnEntry(Custody? custody, string subject)
    {
        (this.custody, this.subject) = (custody, subject);
        Reading = new JsonSerializerOptions(Json.Compact);
        Reading.Converters.Insert(0, new TextOrBox(this));
        Reading.MakeReadOnly(populateMissingResolver: true);
    }

    /// <summary>Reads a request; the rest is as in <see cref="Json.Compact"/>.</summary>
    public JsonSerializerOptions Reading { get; }

    /// <summary>To be stored with the events that come of the request; empty when nothing was sealed.</summary>
    public IReadOnlyList<WrappedKey> Keys { get; private set; } = [];

    /// <exception cref="JsonException">It is too long, or nobody could ever open it.</exception>
    public SealedField Seal(string text)
    {
        if (custody is null)
        {
            throw new JsonException("this node has no custodians yet, so it seals nothing");
        }

        byte[] plain = Encoding.UTF8.GetBytes(text);
        if (plain.Length > SubjectKey.PlainOctetsMax)
        {
            throw new JsonException($"over {SubjectKey.PlainOctetsMax} octets are not sealed");
        }

        if (key is null)
        {
            key = new SubjectKey(
                $"key-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}",
                subject,
                RandomNumberGenerator.GetBytes(SubjectKey.Octets)
            );
            Keys =
            [
                WrappedKey.Of(
                    key,
                    custody,
                    RandomNumberGenerator.GetBytes(WrappedKey.RandomOctets)
                ),
            ];
        }

        SealedField field = key.Seal(plain, RandomNumberGenerator.GetBytes(SubjectKey.NonceOctets));
        CryptographicOperations.ZeroMemory(plain);
        return field;
    }

    public void Dispose() => key?.Dispose();

    private sealed class TextOrBox(SealingOnEntry sealing) : JsonConverter<SealedField>
    {
        public override SealedField? Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            reader.TokenType == JsonTokenType.String
                ? sealing.Seal(reader.GetString()!)
                : JsonSerializer.Deserialize<SealedField>(ref reader, Json.Compact);

        public override void Write(
            Utf8JsonWriter writer,
            SealedField value,
            JsonSerializerOptions options
        ) => JsonSerializer.Serialize(writer, value, Json.Compact);
    }
}
