using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Ledger.Sealing;
using Breakwater.Vocabulary;

namespace Breakwater.App.Sealing;

/// <summary>
/// Seals what a request says in the clear while it is read, so that nothing behind the door ever holds it: a member that is a
/// <see cref="SealedField"/> is sent as a text, and as nothing else. The key is made for this one request, wrapped, and forgotten.
/// </summary>
public sealed class SealingOnEntry : IDisposable
{
    /// <summary>As much as every step takes as a box, in any script.</summary>
    public const int PlainOctetsMax = 8_000;

    private static readonly ConcurrentDictionary<Type, bool> _holds = new();

    private readonly Custody? custody;
    private readonly string subject;
    private SubjectKey? key;

    /// <param name="custody">Null for a node that has none yet: then it takes no text that would have to be sealed.</param>
    /// <param name="subject">Subject of the ledger that the request is about.</param>
    public SealingOnEntry(Custody? custody, string subject)
    {
        (this.custody, this.subject) = (custody, subject);
        Reading = new JsonSerializerOptions(Json.Compact);
        Reading.Converters.Insert(0, new TextToBox(this));
        Reading.MakeReadOnly(populateMissingResolver: true);
    }

    /// <summary>Reads a request; the rest is as in <see cref="Json.Compact"/>.</summary>
    public JsonSerializerOptions Reading { get; }

    /// <summary>To be stored with the events that come of the request; empty when nothing was sealed.</summary>
    public IReadOnlyList<WrappedKey> Keys { get; private set; } = [];

    /// <summary>Why it would not be sealed; null while everything was.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Whether a type has a sealed field somewhere: only then does reading it take more than usual.</summary>
    public static bool IsIn(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _holds.GetOrAdd(type, asked => Holds(asked, []));
    }

    /// <exception cref="JsonException">It is too long, or nobody could ever open it: <see cref="Refusal"/> says which.</exception>
    public SealedField Seal(string text)
    {
        if (custody is null)
        {
            throw No(
                Refusal.WrongState(
                    "this node has no custodians yet, so it takes nothing that must be sealed. Its operator names them: breakwater custody --help"
                )
            );
        }

        byte[] plain = Encoding.UTF8.GetBytes(text);
        if (plain.Length is 0 or > PlainOctetsMax)
        {
            throw No(Refusal.Invalid($"a text to be sealed has 1 to {PlainOctetsMax} octets"));
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

    /// <summary>Null for no text, and for a node without custody: what it cannot seal it does not keep.</summary>
    public SealedField? TrySeal(string? text) =>
        string.IsNullOrEmpty(text) || custody is null ? null : Seal(text);

    public void Dispose() => key?.Dispose();

    private JsonException No(Refusal refusal)
    {
        Refusal = refusal;
        return new JsonException();
    }

    private static bool Holds(Type type, HashSet<Type> seen) =>
        type == typeof(SealedField)
        || (
            seen.Add(type)
            && Json.Compact.GetTypeInfo(type) is var info
            && (
                (info.ElementType is { } element && Holds(element, seen))
                || info.Properties.Any(member => Holds(member.PropertyType, seen))
            )
        );

    private sealed class TextToBox(SealingOnEntry sealing) : JsonConverter<SealedField>
    {
        /// <summary>Nobody plants a box: what lies in one was put there by this node, under a key that custodians hold.</summary>
        public override SealedField? Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) =>
            reader.TokenType == JsonTokenType.String
                ? sealing.Seal(reader.GetString()!)
                : throw sealing.No(
                    Refusal.Invalid("send what is to be sealed as a text; this node seals it")
                );

        public override void Write(
            Utf8JsonWriter writer,
            SealedField value,
            JsonSerializerOptions options
        ) => JsonSerializer.Serialize(writer, value, Json.Compact);
    }
}
