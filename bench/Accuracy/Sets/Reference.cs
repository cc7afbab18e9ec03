using System.Text;
using Breakwater.Feeds;
using Breakwater.Signals;
using Breakwater.Vocabulary;

namespace Breakwater.Bench.Accuracy.Sets;

/// <summary>Reference data, which is not in the repository: absent files are said, and their sets left out.</summary>
/// <param name="root">The folder that BREAKWATER_SHARED names, or null.</param>
internal sealed class Reference(string? root)
{
    public List<string> Absent { get; } = [];

    /// <summary>The path of a file or folder; null, and noted, when it is not there.</summary>
    public string? PathOf(string relative)
    {
        string path = Path.Combine(root ?? "", relative);
        if (root is not null && Path.Exists(path))
        {
            return path;
        }

        Absent.Add(relative);
        return null;
    }

    /// <summary>A file as text would have it, whatever it is packed in.</summary>
    public SourceFile? Open(string relative)
    {
        if (PathOf(relative) is not { } path)
        {
            return null;
        }

        string file = Directory.Exists(path)
            ? Directory.GetFiles(path, "*.csv").Order(StringComparer.Ordinal).First()
            : path;
        SourceFile raw = SourceFile.Of(Path.GetFileName(file), File.ReadAllBytes(file));
        using Compression input = Compression.Open(raw);
        var content = new MemoryStream();
        foreach (ReadOnlyMemory<byte> chunk in input.Chunks())
        {
            content.Write(chunk.Span);
        }

        return new SourceFile(raw.Name, content.ToArray(), raw.Sha256);
    }

    public static string[] Lines(SourceFile file) =>
        Encoding
            .UTF8.GetString(file.Content.Span)
            .TrimStart('\uFEFF')
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public static SeriesSignal Between(SeriesSignal series, TimeWindow window) =>
        series with
        {
            Samples = [.. series.Samples.Where(sample => window.Contains(sample.At))],
        };
}
