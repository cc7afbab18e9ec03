using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Xunit;

namespace Breakwater.Walk.Tests;

/// <summary>
/// Compares a document with the approved one beside the test. When they differ, what came out is written beside it as
/// <c>*.received.json</c> and the test fails with the first line that differs; who agrees with it renames the file.
/// </summary>
internal static class WalkApproval
{
    private static readonly JsonSerializerOptions options = new(Vocabulary.Json.Indented)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Approve(object document, string name, [CallerFilePath] string caller = "")
    {
        string received =
            JsonSerializer.Serialize(document, options).ReplaceLineEndings("\n") + "\n";
        string folder = FolderOf(caller);
        string verifiedPath = Path.Combine(folder, $"{name}.verified.json");
        string receivedPath = Path.Combine(folder, $"{name}.received.json");
        string verified = File.Exists(verifiedPath)
            ? File.ReadAllText(verifiedPath).ReplaceLineEndings("\n")
            : "";
        if (verified == received)
        {
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received, new UTF8Encoding(false));
        string[] expected = verified.Split('\n');
        string[] actual = received.Split('\n');
        int first = Enumerable
            .Range(0, Math.Max(expected.Length, actual.Length))
            .First(i => expected.ElementAtOrDefault(i) != actual.ElementAtOrDefault(i));
        Assert.Fail(
            $"{name}.verified.json, line {first + 1}:\n  approved: {expected.ElementAtOrDefault(first) ?? "(end)"}\n  received: {actual.ElementAtOrDefault(first) ?? "(end)"}\nThe whole is in {name}.received.json."
        );
    }

    /// <summary>The folder of the test's source; a deterministic build replaces its path, so it is found from the output folder.</summary>
    private static string FolderOf(string caller)
    {
        if (Path.GetDirectoryName(caller) is { } beside && Directory.Exists(beside))
        {
            return beside;
        }

        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Breakwater.slnx")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "tests", "Walk.Tests");
    }
}
