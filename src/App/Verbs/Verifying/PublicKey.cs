using System.Text;
using Breakwater.Feeds;
using Breakwater.Ledger;

namespace Breakwater.App.Verbs.Verifying;

/// <summary>The one thing that a stranger has to have got from somewhere else.</summary>
internal static class PublicKey
{
    private const int OctetsMax = 1024;

    /// <param name="where">What it was given as.</param>
    public static Verifier Read(string? key, string where = "--key")
    {
        if (key is null)
        {
            throw new Fault(
                ExitCode.Usage,
                "--key is missing: a proof holds for who knows the node's public key. Give name+id+base64 or a file that holds it"
            );
        }

        string text = File.Exists(key) ? Text(key, OctetsMax).Trim() : key;
        return Verifier.TryParse(text, out Verifier? verifier)
            ? verifier
            : throw new Fault(
                ExitCode.Usage,
                $"{where} is neither a public key such as name+id+base64 nor a file that holds one. 'breakwater verify' of the node prints it"
            );
    }

    /// <summary>A small text file, whole.</summary>
    public static string Text(string path, long octetsMax) =>
        Encoding.UTF8.GetString(Octets(path, octetsMax));

    public static byte[] Octets(string path, long octetsMax)
    {
        FileRead read = Files.Read(path, octetsMax);
        return read.File is { } file
            ? file.Content.ToArray()
            : throw new Fault(ExitCode.Usage, read.Fault!.ToString());
    }
}
