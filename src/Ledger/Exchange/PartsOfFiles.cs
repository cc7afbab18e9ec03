using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Ledger.Exchange;

/// <summary>Puts the files of a bundle together again from their lines: in order, within their limit, and only what hashes to its name.</summary>
internal sealed class PartsOfFiles
{
    private readonly List<CarriedOctets> _files = [];
    private readonly ArrayBufferWriter<byte> _open = new();
    private Bundle.Part? _last;

    public IReadOnlyList<CarriedOctets> Files => _files;

    /// <summary>Null when no file was left unfinished.</summary>
    public string? WhyNotWhole =>
        _last is null
            ? null
            : $"the file {_last.Sha256} ends after part {_last.Number} of {_last.Of}";

    /// <returns>Why a line was not taken; null when it was.</returns>
    public string? Take(ReadOnlySpan<byte> line)
    {
        if (line.Length > Bundle.LineOctetsMax)
        {
            return Drop($"a line has at most {Bundle.LineOctetsMax} octets");
        }

        Bundle.Part? part;
        byte[] octets;
        try
        {
            part = JsonSerializer.Deserialize<Bundle.Part>(line, Json.Compact);
            octets = Convert.FromBase64String(part?.Octets ?? "");
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            return Drop("it is no part of a file: the line is damaged or cut off");
        }

        if (
            part is not { Sha256.Length: 64, Octets: not null }
            || part.Number != (_last?.Number ?? 0) + 1
            || part.Number > part.Of
            || (_last is not null && (_last.Sha256, _last.Of) != (part.Sha256, part.Of))
        )
        {
            return Drop("it does not go on where the part of a file before it ended");
        }

        if (_open.WrittenCount + octets.Length > Bundle.FileOctetsMax)
        {
            return Drop($"a file in a bundle has at most {Bundle.FileOctetsMax} octets");
        }

        _open.Write(octets);
        _last = part;
        return part.Number == part.Of ? Close(part.Sha256) : null;
    }

    private string? Close(string sha256)
    {
        byte[] whole = _open.WrittenSpan.ToArray();
        Begin();
        if (Convert.ToHexStringLower(SHA256.HashData(whole)) != sha256)
        {
            return $"the octets are not those of {sha256}: somebody changed them";
        }

        _files.Add(new CarriedOctets(sha256, whole));
        return null;
    }

    /// <summary>What follows of the same file is then not taken either, and says so.</summary>
    private string Drop(string reason)
    {
        Begin();
        return reason;
    }

    private void Begin()
    {
        _open.Clear();
        _last = null;
    }
}
