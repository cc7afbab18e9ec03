using System.Text;
using System.Text.Json;
using Breakwater.App.Verbs.Verifying;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs.Custodians;

/// <summary>Files that custodians carry to and fro.</summary>
internal static class CustodyFile
{
    public static T Read<T>(string path, long octetsMax)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(PublicKey.Text(path, octetsMax), Json.Compact)
                ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{Path.GetFileName(path)}: not a file of 'breakwater custody'. Name the one that it wrote"
            );
        }
    }

    /// <summary>A new file that its owner alone may read.</summary>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(path, options);
        stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
    }
}
