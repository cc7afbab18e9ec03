using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Breakwater.App.Tests;

/// <summary>A device with one passkey, as WebAuthn level 3 describes it: ECDSA on P-256, no attestation.</summary>
internal sealed class Authenticator(string origin) : IDisposable
{
    /// <summary>User present, user verified; with the first answer also the new key.</summary>
    private const byte Verified = 0b101;
    private const byte WithKey = 0b100_0000;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private byte[] _holder = [];

    /// <summary>How often the key was used; a copy of a device falls behind.</summary>
    public uint Uses { get; set; }

    /// <summary>The flags of the next answer.</summary>
    public byte Flags { get; set; } = Verified;

    public void Dispose() => _key.Dispose();

    /// <summary>Answers <c>navigator.credentials.create</c>.</summary>
    public string Make(string options)
    {
        JsonNode asked = JsonNode.Parse(options)!;
        _holder = Base64Url.DecodeFromChars(asked["user"]!["id"]!.GetValue<string>());
        byte[] client = Client("webauthn.create", asked);
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(Data(asked["rp"]!["id"]!.GetValue<string>(), withKey: true));
        attestation.WriteEndMap();
        return Answer(
            new
            {
                clientDataJSON = Base64Url.EncodeToString(client),
                attestationObject = Base64Url.EncodeToString(attestation.Encode()),
                transports = (string[])["internal"],
            }
        );
    }

    /// <summary>Answers <c>navigator.credentials.get</c>.</summary>
    public string Use(string options)
    {
        JsonNode asked = JsonNode.Parse(options)!;
        Uses++;
        byte[] client = Client("webauthn.get", asked);
        byte[] data = Data(asked["rpId"]!.GetValue<string>(), withKey: false);
        byte[] signature = _key.SignData(
            [.. data, .. SHA256.HashData(client)],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return Answer(
            new
            {
                clientDataJSON = Base64Url.EncodeToString(client),
                authenticatorData = Base64Url.EncodeToString(data),
                signature = Base64Url.EncodeToString(signature),
                userHandle = Base64Url.EncodeToString(_holder),
            }
        );
    }

    private string Answer(object response) =>
        JsonSerializer.Serialize(
            new
            {
                id = Base64Url.EncodeToString(_id),
                rawId = Base64Url.EncodeToString(_id),
                type = "public-key",
                authenticatorAttachment = "platform",
                clientExtensionResults = new { },
                response,
            }
        );

    private byte[] Client(string type, JsonNode asked) =>
        Encoding.UTF8.GetBytes(
            JsonSerializer.Serialize(
                new
                {
                    type,
                    challenge = asked["challenge"]!.GetValue<string>(),
                    origin,
                    crossOrigin = false,
                }
            )
        );

    private byte[] Data(string site, bool withKey)
    {
        byte[] uses = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(uses, Uses);
        byte[] head =
        [
            .. SHA256.HashData(Encoding.UTF8.GetBytes(site)),
            (byte)(Flags | (withKey ? WithKey : 0)),
            .. uses,
        ];
        return withKey ? [.. head, .. new byte[16], 0, (byte)_id.Length, .. _id, .. Key()] : head;
    }

    /// <summary>COSE_Key of RFC 9053: EC2, ES256, P-256, x, y.</summary>
    private byte[] Key()
    {
        ECPoint point = _key.ExportParameters(includePrivateParameters: false).Q;
        var key = new CborWriter(CborConformanceMode.Ctap2Canonical);
        key.WriteStartMap(5);
        foreach ((int name, int value) in ((int, int)[])[(1, 2), (3, -7), (-1, 1)])
        {
            key.WriteInt32(name);
            key.WriteInt32(value);
        }

        key.WriteInt32(-2);
        key.WriteByteString(point.X!);
        key.WriteInt32(-3);
        key.WriteByteString(point.Y!);
        key.WriteEndMap();
        return key.Encode();
    }
}
