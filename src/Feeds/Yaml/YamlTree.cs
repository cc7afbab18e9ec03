using System.Text;
using Breakwater.Vocabulary;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Breakwater.Feeds.Yaml;

/// <summary>A value in a YAML file, with the lines that it stands on.</summary>
internal abstract record YamlNode(int Line, int LastLine);

internal sealed record YamlText(int Line, int LastLine, string Text, bool IsPlain)
    : YamlNode(Line, LastLine)
{
    public bool IsNull => IsPlain && Text is "" or "~" or "null";
}

internal sealed record YamlList(int Line, int LastLine, IReadOnlyList<YamlNode> Items)
    : YamlNode(Line, LastLine);

internal sealed record YamlMap(int Line, int LastLine, IReadOnlyList<YamlMember> Members)
    : YamlNode(Line, LastLine);

internal sealed record YamlMember(string Key, int Line, YamlNode Value);

/// <summary>
/// Reads YAML into a tree with line numbers. Anchors and aliases are refused, so a small file cannot unfold into a large one;
/// depth and size are limited.
/// </summary>
internal sealed class YamlTree
{
    public const int MaxDepth = 12;
    public const int MaxNodes = 100_000;

    private readonly Parser parser;
    private readonly FaultList faults;
    private int nodes;

    private YamlTree(string text, FaultList faults)
    {
        parser = new Parser(new StringReader(text));
        this.faults = faults;
    }

    /// <summary>Null, and at least one fault, when the file holds no tree.</summary>
    public static YamlNode? Read(SourceFile file, FaultList faults)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file.Content.Span);
        }
        catch (DecoderFallbackException e)
        {
            faults.AddAt($"offset {e.Index}", "is not UTF-8 text", "Save the file as UTF-8");
            return null;
        }

        var tree = new YamlTree(text.TrimStart('\uFEFF'), faults);
        try
        {
            return tree.Document();
        }
        catch (YamlException e)
        {
            return tree.Refused(e.Start.Line, OneLine(e.Message));
        }
        // YamlDotNet 18.1 throws these instead of its own exception on some damaged input, such as a plain scalar that
        // a flow collection cuts off; the property test on random text finds them.
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return tree.Refused(tree.parser.Current?.End.Line ?? 1, "a value is cut off");
        }
    }

    private YamlNode? Refused(long line, string reason)
    {
        faults.Add(
            (int)Math.Clamp(line, 1, int.MaxValue),
            $"is not YAML: {reason}",
            "Check indentation, quotes, brackets and colons at and after this line"
        );
        return null;
    }

    private YamlNode? Document()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            faults.Add(1, "is empty", "Write its keys, or take it out");
            return null;
        }

        YamlNode? root = Node(1);
        if (root is null)
        {
            return null;
        }

        parser.Consume<DocumentEnd>();
        if (parser.Current is DocumentStart second)
        {
            faults.Add(LineOf(second), "holds a second document", "Keep one document a file");
            return null;
        }

        return root;
    }

    private YamlNode? Node(int depth)
    {
        ParsingEvent at = parser.Current!;
        if (depth > MaxDepth || ++nodes > MaxNodes)
        {
            faults.Add(
                LineOf(at),
                depth > MaxDepth
                    ? $"is nested deeper than {MaxDepth} levels"
                    : $"holds more than {MaxNodes} values",
                "Simplify it"
            );
            return null;
        }

        if (at is AnchorAlias || at is NodeEvent { Anchor.IsEmpty: false })
        {
            faults.Add(
                LineOf(at),
                "uses an anchor or an alias, which are not read here",
                "Write the value out"
            );
            return null;
        }

        if (at is Scalar scalar)
        {
            parser.MoveNext();
            return new YamlText(
                LineOf(scalar),
                LineOf(scalar),
                scalar.Value,
                scalar.Style == ScalarStyle.Plain
            );
        }

        return parser.TryConsume<SequenceStart>(out _)
            ? List(LineOf(at), depth)
            : Map(LineOf(at), depth);
    }

    private YamlList? List(int line, int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (Node(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new YamlList(line, items.Count == 0 ? line : items[^1].LastLine, items);
    }

    private YamlMap? Map(int line, int depth)
    {
        parser.Consume<MappingStart>();
        var members = new List<YamlMember>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            YamlNode? key = Node(depth + 1);
            if (key is not YamlText name)
            {
                if (key is not null)
                {
                    faults.Add(key.Line, "has a key that is not text", "Write a plain word as key");
                }

                return null;
            }

            if (Node(depth + 1) is not { } value)
            {
                return null;
            }

            members.Add(new YamlMember(name.Text, name.Line, value));
        }

        return new YamlMap(line, members.Count == 0 ? line : members[^1].Value.LastLine, members);
    }

    private static int LineOf(ParsingEvent at) => (int)Math.Clamp(at.Start.Line, 1, int.MaxValue);

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.');
}
