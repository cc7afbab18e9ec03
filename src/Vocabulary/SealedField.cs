namespace Breakwater.Vocabulary;

/// <summary>
/// A value that only custodians can open: ciphertext under the key of one subject. Destroying the key erases the value in
/// every copy, while hashes over the ciphertext still hold.
/// </summary>
/// <param name="Key">Id of the key; never the key.</param>
/// <param name="Box">Nonce and XChaCha20-Poly1305 ciphertext, base64.</param>
public sealed record SealedField(string Key, string Box);
