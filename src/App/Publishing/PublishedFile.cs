using NodaTime;

namespace Breakwater.App.Publishing;

/// <summary>A file for machines as it was released: what its octets hash to, and which publication it goes with.</summary>
/// <param name="Publication">Id of the report that it goes with, and is taken back with; null for what stands alone, as a cancellation does.</param>
/// <param name="Of">Id of the publication's subject.</param>
/// <param name="Form">What the publication is, as a word.</param>
/// <param name="Titles">By language.</param>
internal sealed record PublishedFile(
    string? Publication,
    string Of,
    string Form,
    string Name,
    string MediaType,
    string Sha256,
    Instant At,
    IReadOnlyDictionary<string, string> Titles
)
{
    public const string Kind = "published-file";

    /// <summary>Where it is read.</summary>
    public string Path => PathOf(Of, Name);

    public static string IdOf(string of, string name) => $"file:{of}:{name}";

    public static string PathOf(string of, string name) =>
        $"/published/{Uri.EscapeDataString(of)}/{Uri.EscapeDataString(name)}";
}

/// <summary>The key under which this node signs alerts: an event of the ledger, and so signed with the key of the node.</summary>
/// <param name="Pem">SubjectPublicKeyInfo (RFC 7468).</param>
internal sealed record AlertKey(string Node, string Algorithm, string Name, string Pem)
{
    public const string Kind = "alert-key";

    public const string File = "alert-key.pem";

    public static string IdOf(string name) => $"{Kind}:{name}";
}
