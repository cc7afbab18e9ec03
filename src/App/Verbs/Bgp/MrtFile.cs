using System.CommandLine;
using Breakwater.Feeds;
using Breakwater.Vocabulary;

namespace Breakwater.App.Verbs;

/// <summary>MRT files named on the command line.</summary>
internal static class MrtFile
{
    public static Argument<string[]> Arguments() =>
        new("FILE")
        {
            Description = "MRT files, plain, .gz, .bz2 or .zst; - is standard input",
            Arity = ArgumentArity.OneOrMore,
        };

    /// <summary>Opens a file for reading and decompression in one pass.</summary>
    /// <param name="path">A path, or <c>-</c> for standard input.</param>
    public static Compression Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new Fault(
                ExitCode.Usage,
                $"{path}: is a folder. Name the files in it, such as {Path.Join(path, "*.gz")}"
            );
        }

        try
        {
            return Compression.Open(
                path == "-" ? Console.OpenStandardInput() : File.OpenRead(path),
                path
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new Fault(
                ExitCode.Usage,
                $"{path}: cannot be read: {fault.Message.TrimEnd('.')}. Check the path and the permissions"
            );
        }
    }

    /// <summary>Where in the decompressed input a fault is; null when it does not say.</summary>
    public static long? OffsetOf(InputFault fault) =>
        fault.At.Split(' ') is ["offset", var digits, ..] && long.TryParse(digits, out long offset)
            ? offset
            : null;
}
