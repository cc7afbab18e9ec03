using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Ledger.Sealing;

/// <summary>
/// A key is gone and with it all that it sealed, in every copy. What stays is this event and the hashes over ciphertext.
/// Whoever stores it removes the <see cref="WrappedKey"/> in the same transaction and never takes one of this id again.
/// </summary>
/// <param name="Key">Id of the key.</param>
/// <param name="Subject">Whose it was.</param>
/// <param name="Reason">Why: asked for by whom it is about, or kept for long enough.</param>
/// <param name="By">Who asked for it.</param>
/// <param name="Second">
/// The second person, of another organisation; null when a period of retention ran out by itself, or when whoever said it took it
/// back.
/// </param>
public sealed record KeyDestroyed(
    string Key,
    string Subject,
    string Reason,
    string By,
    string? Second,
    Instant At
)
{
    /// <summary>Subject of the ledger under which it is recorded, apart from the subject that it is about.</summary>
    public string RecordedUnder => $"key/{Key}";

    public Draft ToDraft(Marking marking) => Draft.Of(nameof(KeyDestroyed), this, marking, By);
}
