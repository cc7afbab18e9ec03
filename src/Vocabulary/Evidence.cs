using System.Security.Cryptography;

namespace Breakwater.Vocabulary;

/// <summary>
/// The raw record behind a statement: the SHA-256 of the input as it was received, and where in it to look.
/// </summary>
/// <param name="Sha256">Lower-case hexadecimal hash of the whole input, before decompression.</param>
/// <param name="File">The name the input had; never a path.</param>
/// <param name="Rows">Line numbers in a text input, first line is 1: <c>1857-2750</c> or <c>12</c>.</param>
/// <param name="Column">The column of a text input.</param>
/// <param name="Bytes">Byte range in the decompressed stream of a binary input: <c>0-431</c>.</param>
public sealed record Evidence(
    string Sha256,
    string File,
    string? Rows = null,
    string? Column = null,
    string? Bytes = null
);

/// <summary>One input as received: its name, its octets and their hash.</summary>
public sealed record SourceFile(string Name, ReadOnlyMemory<byte> Content, string Sha256)
{
    public static SourceFile Of(string name, ReadOnlyMemory<byte> content) =>
        new(name, content, Convert.ToHexStringLower(SHA256.HashData(content.Span)));
}

/// <summary>A part of an input that could not be used. The rest was still read.</summary>
/// <param name="File">Name of the input.</param>
/// <param name="At">Where: <c>line 12</c>, <c>offset 4096</c>; empty for the whole input.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record InputFault(string File, string At, string Reason, string Remedy)
{
    public override string ToString() =>
        $"{File}: {(At.Length == 0 ? "" : At + ": ")}{Reason}. {Remedy}";
}
