using System.Runtime.InteropServices;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Answers;

/// <summary>
/// A JSON input whose elements know the lines and octets they stand on, so that what is read from one can be shown. Reads one document, or
/// one on each line.
/// </summary>
internal sealed class JsonInput
{
    /// <summary>Larger inputs are refused: a document takes several times its size in memory.</summary>
    public const int BytesMax = 256 * 1024 * 1024;

    /// <summary>Objects on lines of their own; further ones are counted in a fault.</summary>
    private const int LinesMax = 1_000_000;

    private const int DepthMax = 48;

    private readonly SourceFile _file;
    private readonly List<int> _lineStarts = [0];

    private JsonInput(SourceFile file, IReadOnlyList<JsonElement> roots)
    {
        _file = file;
        Roots = roots;
        ReadOnlySpan<byte> content = file.Content.Span;
        for (int at = 0; at < content.Length; at++)
        {
            if (content[at] == '\n')
            {
                _lineStarts.Add(at + 1);
            }
        }
    }

    /// <summary>The document, or the documents of the lines.</summary>
    public IReadOnlyList<JsonElement> Roots { get; }

    public JsonElement Root => Roots[0];

    /// <summary>Null with a fault when there is no JSON in it.</summary>
    /// <param name="mayBeLines">True when the format comes as one object on each line too.</param>
    public static JsonInput? Read(SourceFile file, FaultList faults, bool mayBeLines = false)
    {
        if (file.Content.Length > BytesMax)
        {
            faults.Add("", $"larger than {BytesMax / 1024 / 1024} MB", "Split the file");
            return null;
        }

        try
        {
            return new JsonInput(file, [Parse(WithoutMark(file.Content))]);
        }
        catch (JsonException fault)
        {
            if (mayBeLines && IsLines(file.Content.Span))
            {
                return new JsonInput(file, Lines(file, faults));
            }

            faults.Add($"line {(fault.LineNumber ?? 0) + 1}", "not JSON", "Correct the file");
            return null;
        }
    }

    /// <summary>Cheap test of the first octets for one of the words, before a whole file is parsed.</summary>
    public static bool Mentions(SourceFile file, params ReadOnlySpan<string> words)
    {
        ReadOnlySpan<byte> head = WithoutMark(file.Content).Span.TrimStart(" \r\n\t"u8);
        if (head is not [(byte)'{' or (byte)'[', ..])
        {
            return false;
        }

        ReadOnlySpan<byte> tail = head[Math.Max(0, head.Length - HeadBytes)..];
        head = head[..Math.Min(HeadBytes, head.Length)];
        foreach (string word in words)
        {
            byte[] quoted = System.Text.Encoding.UTF8.GetBytes($"\"{word}\"");
            if (head.IndexOf(quoted) < 0 && tail.IndexOf(quoted) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private const int HeadBytes = 1 << 16;

    /// <summary>The line on which an element begins, the first one is 1.</summary>
    public int Line(JsonElement element) => LineAt(Offset(element).Start);

    /// <summary>Where an element stands, for a fault.</summary>
    public string At(JsonElement element, string path) => $"line {Line(element)}, {path}";

    /// <param name="path">The way to the element, such as <c>data[0][3]</c>.</param>
    public Evidence EvidenceOf(JsonElement element, string path)
    {
        (int start, int end) = Offset(element);
        (int first, int last) = (LineAt(start), LineAt(end));
        return new Evidence(
            _file.Sha256,
            _file.Name,
            first == last ? $"{first}" : $"{first}-{last}",
            path,
            $"{start}-{end}"
        );
    }

    private int LineAt(int offset)
    {
        int index = _lineStarts.BinarySearch(offset);
        return index < 0 ? ~index : index + 1;
    }

    /// <summary>First and last octet; the elements are views of the input.</summary>
    private (int Start, int End) Offset(JsonElement element)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(element);
        return _file.Content.Span.Overlaps(raw, out int start)
            ? (start, start + Math.Max(0, raw.Length - 1))
            : (0, 0);
    }

    private static List<JsonElement> Lines(SourceFile file, FaultList faults)
    {
        List<JsonElement> roots = [];
        int number = 0;
        for (int start = 0; start < file.Content.Length; )
        {
            int length = file.Content.Span[start..].IndexOf((byte)'\n');
            int end = length < 0 ? file.Content.Length : start + length;
            ReadOnlyMemory<byte> line = file.Content[start..end];
            start = end + 1;
            number++;
            if (line.Span.Trim(" \r\t"u8).IsEmpty)
            {
                continue;
            }

            if (roots.Count >= LinesMax)
            {
                faults.Add(
                    $"line {number}",
                    $"more than {LinesMax} lines; the rest is unread",
                    "Split the file"
                );
                break;
            }

            try
            {
                roots.Add(Parse(WithoutMark(line)));
            }
            catch (JsonException)
            {
                faults.Add($"line {number}", "not JSON", "Correct the line; it is left out");
            }
        }

        return roots;
    }

    private static bool IsLines(ReadOnlySpan<byte> content)
    {
        int end = content.IndexOf((byte)'\n');
        return end > 0 && content[..end].Trim(" \r\t\uFEFF"u8) is [(byte)'{', .., (byte)'}'];
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> octets) =>
        JsonDocument.Parse(octets, new JsonDocumentOptions { MaxDepth = DepthMax }).RootElement;

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> octets) =>
        octets.Span.StartsWith("\uFEFF"u8) ? octets[3..] : octets;
}
