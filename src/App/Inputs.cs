using Breakwater.Feeds;
using Breakwater.Vocabulary;

namespace Breakwater.App;

/// <summary>Files named on the command line, decompressed, with what was damaged in them.</summary>
public static class Inputs
{
    /// <summary>Gives the input as text or octets, and as it was received.</summary>
    public static (SourceFile Plain, SourceFile Raw, IReadOnlyList<InputFault> Faults) Open(
        string path
    )
    {
        FileRead read = Files.Read(path);
        if (read.File is not { } raw)
        {
            throw new Fault(ExitCode.Usage, read.Fault!.ToString());
        }

        using Compression input = Compression.Open(raw);
        var content = new MemoryStream();
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            content.Write(chunk.Span);
        }

        return (new SourceFile(raw.Name, content.ToArray(), raw.Sha256), raw, input.Faults);
    }
}
