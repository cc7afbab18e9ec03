using System.Security.Cryptography;

namespace Breakwater.Vocabulary;

/// <summary>
/// Ids of computed products: a prefix that names the kind and the first 64 bits of the SHA-256 of the canonical JSON of
/// what determines the product (inputs, parameters, version of the method).
/// </summary>
public static class ContentId
{
    public static string Of(string kind, object determinants) =>
        $"{kind}-{Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Of(determinants)))[..16]}";
}
