using System.Security.Cryptography;

namespace Breakwater.App.Publishing;

/// <summary>
/// Tells the platform's XMLDSig how ECDSA with SHA-256 signs (RFC 4051, section 2.3.6): r and s side by side. Public because the
/// platform takes only types that everybody can see.
/// </summary>
public sealed class EcdsaSha256Signature : SignatureDescription
{
    public EcdsaSha256Signature() => KeyAlgorithm = typeof(ECDsa).AssemblyQualifiedName;

    public override HashAlgorithm CreateDigest() => SHA256.Create();

    public override AsymmetricSignatureFormatter CreateFormatter(AsymmetricAlgorithm key) =>
        new Formatter((ECDsa)key);

    public override AsymmetricSignatureDeformatter CreateDeformatter(AsymmetricAlgorithm key) =>
        new Deformatter((ECDsa)key);

    private sealed class Formatter(ECDsa key) : AsymmetricSignatureFormatter
    {
        public override byte[] CreateSignature(byte[] rgbHash) => key.SignHash(rgbHash);

        public override void SetHashAlgorithm(string strName) { }

        public override void SetKey(AsymmetricAlgorithm key) { }
    }

    private sealed class Deformatter(ECDsa key) : AsymmetricSignatureDeformatter
    {
        public override bool VerifySignature(byte[] rgbHash, byte[] rgbSignature) =>
            key.VerifyHash(rgbHash, rgbSignature);

        public override void SetHashAlgorithm(string strName) { }

        public override void SetKey(AsymmetricAlgorithm key) { }
    }
}
