using System.Security.Cryptography;
using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using Breakwater.Records;

namespace Breakwater.App.Publishing;

/// <summary>
/// The enveloped XML signature of an alert (CAP 1.2, section 3.3.4.1; XMLDSig, ECDSA on P-256 with SHA-256, RFC 4051). XMLDSig as it
/// is implemented knows no Ed25519, so the node has a second key that follows from its first; the ledger binds the two.
/// </summary>
internal static class AlertSignature
{
    private const string Method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256";
    private const string Purpose = "breakwater alert key, P-256, 1";

    static AlertSignature() => CryptoConfig.AddAlgorithm(typeof(EcdsaSha256Signature), Method);

    /// <summary>The public half, as PEM: the same for the same node.</summary>
    public static string PublicKey(IRecords records)
    {
        using ECDsa key = Key(records);
        return key.ExportSubjectPublicKeyInfoPem() + "\n";
    }

    /// <summary>The first octets of a hash of the public key, by which signatures name it.</summary>
    public static string NameOf(string pem) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(pem)))[..16];

    public static byte[] Sign(IRecords records, byte[] alert)
    {
        using ECDsa key = Key(records);
        XmlDocument document = Read(alert);
        var signed = new SignedXml(document) { SigningKey = key };
        signed.SignedInfo!.SignatureMethod = Method;
        signed.SignedInfo.CanonicalizationMethod = SignedXml.XmlDsigExcC14NTransformUrl;
        var whole = new Reference("") { DigestMethod = SignedXml.XmlDsigSHA256Url };
        whole.AddTransform(new XmlDsigEnvelopedSignatureTransform());
        whole.AddTransform(new XmlDsigExcC14NTransform());
        signed.AddReference(whole);
        var info = new KeyInfo();
        info.AddClause(
            new KeyInfoName($"{records.Node.Name} alert key {NameOf(PublicKey(records))}")
        );
        signed.KeyInfo = info;
        signed.ComputeSignature();
        document.DocumentElement!.AppendChild(document.ImportNode(signed.GetXml(), deep: true));
        using var octets = new MemoryStream();
        using (
            var writer = XmlWriter.Create(
                octets,
                new XmlWriterSettings { Encoding = new UTF8Encoding(false) }
            )
        )
        {
            document.Save(writer);
        }

        return octets.ToArray();
    }

    /// <summary>True when whoever holds the key signed exactly this alert.</summary>
    public static bool Holds(byte[] alert, string pem)
    {
        try
        {
            XmlDocument document = Read(alert);
            if (
                document.GetElementsByTagName("Signature", SignedXml.XmlDsigNamespaceUrl)
                    is not { Count: 1 } signatures
                || signatures[0] is not XmlElement signature
                || signature.ParentNode != document.DocumentElement
            )
            {
                return false;
            }

            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            var signed = new SignedXml(document);
            signed.LoadXml(signature);
            // The whole document and nothing else, or a signature over a part would pass for one over all.
            return signed.SignedInfo is { References: [Reference { Uri: "" }] }
                && signed.SignatureMethod == Method
                && signed.CheckSignature(key);
        }
        catch (Exception fault)
            when (fault is XmlException or CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static XmlDocument Read(byte[] alert)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        using var stream = new MemoryStream(alert, writable: false);
        using var reader = XmlReader.Create(
            stream,
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }
        );
        document.Load(reader);
        return document;
    }

    /// <summary>A secret is a scalar unless it lies at or above the order of the curve, which one in 2^32 does: then the next is.</summary>
    private static ECDsa Key(IRecords records)
    {
        for (int i = 0; ; i++)
        {
            var key = ECDsa.Create();
            try
            {
                key.ImportParameters(
                    new ECParameters
                    {
                        Curve = ECCurve.NamedCurves.nistP256,
                        D = records.Secret(i == 0 ? Purpose : $"{Purpose}.{i}"),
                    }
                );
                return key;
            }
            catch (CryptographicException) when (i < 8)
            {
                key.Dispose();
            }
        }
    }
}
