using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Decisions.Membership;
using Breakwater.Ledger;
using Breakwater.Ledger.Sealing;
using Breakwater.Records;
using Breakwater.Vocabulary;

namespace Breakwater.App.Sealing;

/// <summary>A sealed field and where it stands.</summary>
/// <param name="Event">Sequence of the event.</param>
/// <param name="Path">Members and places that lead to it: <c>crew/0</c>.</param>
public sealed record FieldAt(long Event, string Path, SealedField Field);

/// <summary>By whose approval ciphertext left the node.</summary>
/// <param name="Hash">Of what was approved; the request has the same or is another one.</param>
public sealed record UnsealingApproval(
    string Id,
    string Hash,
    string Reason,
    Signatory First,
    Signatory Second
);

/// <summary>
/// What custodians need to unseal a subject on a machine of their own: ciphertext and wrapped keys. It tells nobody
/// anything without the shares, which never come to the node.
/// </summary>
public sealed record UnsealingRequest(
    Custody Custody,
    string Subject,
    IReadOnlyList<WrappedKey> Keys,
    IReadOnlyList<FieldAt> Fields,
    UnsealingApproval? Approval = null
)
{
    /// <summary>More fields than one subject ever has.</summary>
    public const int FieldsMax = 10_000;

    /// <summary>What an approval binds: the very boxes, so that it opens nothing that came later.</summary>
    [JsonIgnore]
    public string Hash =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                CanonicalJson.Of(
                    new
                    {
                        Act = "unseal",
                        Subject,
                        Fields,
                    }
                )
            )
        );

    /// <summary>False for what was read from a file and lacks a part.</summary>
    public bool IsWhole =>
        Custody?.IsSound() == true
        && Keys?.All(key =>
            key is { Id: not null, Subject: not null, Custody: not null, Box: not null }
        ) == true
        && Fields?.All(at => at is { Path: not null, Field: { Key: not null, Box: not null } })
            == true;

    public static async Task<UnsealingRequest> Of(
        IRecords records,
        Custody custody,
        string subject,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(records);
        var fields = new List<FieldAt>();
        await foreach (
            Event entry in records.EventsOf(subject, cancel: cancel).ConfigureAwait(false)
        )
        {
            fields.AddRange(
                Within(entry.PayloadJson, "")
                    .Select(found => new FieldAt(entry.Envelope.Sequence, found.Path, found.Field))
                    .Take(FieldsMax - fields.Count)
            );
        }

        IReadOnlyList<WrappedKey> keys = await records.KeysOf(subject).ConfigureAwait(false);
        return new UnsealingRequest(custody, subject, keys, fields);
    }

    /// <summary>Each field with its text, or with the reason why it stays closed.</summary>
    /// <returns>A refusal when two holders did not approve exactly this, or the shares do not open a single key.</returns>
    public (IReadOnlyList<(FieldAt At, string? Text)> Opened, Refusal? Refusal) Open(
        IReadOnlyList<KeyShare> shares
    )
    {
        if (WhyNot() is { } unapproved)
        {
            return ([], unapproved);
        }

        var opened = Fields.Select(at => (At: at, Text: (string?)null)).ToList();
        foreach (WrappedKey wrapped in Keys)
        {
            if (Custody.TryUnwrap(shares, wrapped, out SubjectKey? key) is { } refusal)
            {
                return ([], refusal);
            }

            using (key)
            {
                opened =
                [
                    .. opened.Select(field =>
                        field.Text is null && key!.TryOpen(field.At.Field, out byte[]? plain)
                            ? (field.At, System.Text.Encoding.UTF8.GetString(plain))
                            : field
                    ),
                ];
            }
        }

        return (opened, null);
    }

    /// <summary>Custodians look for themselves: what the node says that they approved, and no more, is opened.</summary>
    private Refusal? WhyNot() =>
        Approval is not { First: { } first, Second: { } second }
            ? Refusal.NotAllowed(
                "the request carries no approval; two custodians of different organisations approve before anything is opened"
            )
        : Approval.Hash != Hash
            ? Refusal.NotAllowed("the request holds something else than was approved")
        : first.Person == second.Person || first.Organisation == second.Organisation
            ? Refusal.NotAllowed("one organisation alone approved it")
        : !Custody.Holders.Contains(first.Person, StringComparer.Ordinal)
        || !Custody.Holders.Contains(second.Person, StringComparer.Ordinal)
            ? Refusal.NotAllowed("it was approved by somebody who holds no share")
        : null;

    private static IEnumerable<(string Path, SealedField Field)> Within(
        JsonElement element,
        string path
    )
    {
        string Below(string name) => path.Length == 0 ? name : $"{path}/{name}";
        return element.ValueKind switch
        {
            JsonValueKind.Object when FieldOf(element) is { } field => [(path, field)],
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(member => Within(member.Value, Below(member.Name))),
            JsonValueKind.Array => element
                .EnumerateArray()
                .SelectMany((item, place) => Within(item, Below($"{place}"))),
            _ => [],
        };
    }

    private static SealedField? FieldOf(JsonElement element) =>
        element.TryGetProperty("key", out JsonElement key)
        && element.TryGetProperty("box", out JsonElement box)
        && key.ValueKind == JsonValueKind.String
        && box.ValueKind == JsonValueKind.String
            ? new SealedField(key.GetString()!, box.GetString()!)
            : null;
}
