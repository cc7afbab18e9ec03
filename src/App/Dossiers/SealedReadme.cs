using System.Reflection;
using Breakwater.Decisions.Dossiers;
using Breakwater.Ledger;

namespace Breakwater.App.Dossiers;

/// <summary>The words in a sealed folder for whoever gets it and has never heard of Breakwater.</summary>
internal static class SealedReadme
{
    private static readonly string _text = Read();

    public static string Of(Dossier dossier, Verifier node, string audience) =>
        _text
            .Replace("{dossier}", dossier.Id, StringComparison.Ordinal)
            .Replace("{name}", OneLine(dossier.Name), StringComparison.Ordinal)
            .Replace("{audience}", audience, StringComparison.Ordinal)
            .Replace("{key}", node.ToString(), StringComparison.Ordinal);

    private static string OneLine(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private static string Read()
    {
        using Stream stream = Assembly
            .GetExecutingAssembly()
            .GetManifestResourceStream("dossiers.readme.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
