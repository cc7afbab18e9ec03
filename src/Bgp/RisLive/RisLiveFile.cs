using System.Globalization;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>What a file of RIS Live messages gave.</summary>
/// <param name="Messages">Messages of any kind, malformed ones included.</param>
/// <param name="Updates">UPDATE messages.</param>
/// <param name="PeerStates">Sessions that came up or went down.</param>
/// <param name="Unknown">Messages of a type that is not known.</param>
/// <param name="Compared">Messages whose octets and JSON were compared.</param>
/// <param name="Disagreements">Those of them in which the two disagree.</param>
/// <param name="Faults">What could not be used, by line; the rest was read.</param>
public sealed record RisLiveRead(
    long Messages,
    long Updates,
    long PeerStates,
    long Unknown,
    long Compared,
    long Disagreements,
    IReadOnlyList<InputFault> Faults
);

/// <summary>
/// Reads RIS Live messages kept in a file: one on each line (also as a stream of server-sent events writes them), or all
/// in one list. The record that a visitor sees has the number of the message, counted from 0, and the place of its text.
/// </summary>
public static class RisLiveFile
{
    private const int FaultsMax = 1000;

    /// <summary>True when the content looks like messages of RIS Live, told by the first of them.</summary>
    public static bool IsRisLive(ReadOnlySpan<byte> content)
    {
        var messages = new RisLiveMessages(content);
        return messages.MoveNext()
            && RisLiveFields.Read(messages.Current, out RisLiveFields fields) is null
            && (fields.Type.StartsWith("ris_"u8) || fields.Type.SequenceEqual("pong"u8));
    }

    /// <param name="sampleEvery">See <see cref="RisLiveDecoder"/>.</param>
    public static RisLiveRead Read<TVisitor>(
        SourceFile file,
        ref TVisitor visitor,
        int sampleEvery = 100
    )
        where TVisitor : IRouteVisitor, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new MrtFaults();
        var decoder = new RisLiveDecoder(faults, sampleEvery);
        var messages = new RisLiveMessages(file.Content.Span);
        var listed = new List<InputFault>();
        long count = 0;
        long updates = 0;
        long peerStates = 0;
        long unknown = 0;
        long unlisted = 0;
        while (messages.MoveNext())
        {
            RisLiveMessage message = messages.Fault is { } cut
                ? new RisLiveMessage { Fault = cut }
                : decoder.Read(messages.Current);
            long faultsBefore = faults.Count;
            decoder.Decode(message, count, messages.Offset, messages.Current.Length, ref visitor);
            count++;
            updates += message.Kind == RisLiveKind.Update ? 1 : 0;
            peerStates += message.Kind == RisLiveKind.PeerState ? 1 : 0;
            unknown += message.Kind == RisLiveKind.Unknown ? 1 : 0;
            string? reason =
                message.Fault
                ?? (
                    faults.Count == faultsBefore ? null
                    : faults.Kept.Count > 0 && faults.Kept[^1].Offset == messages.Offset
                        ? faults.Kept[^1].Reason
                    : "a BGP message that cannot be used"
                );
            if (reason is not null && listed.Count < FaultsMax)
            {
                listed.Add(FaultAt(file, messages.Line, reason));
            }
            else if (reason is not null)
            {
                unlisted++;
            }
        }

        if (unlisted > 0)
        {
            listed.Add(
                new InputFault(
                    file.Name,
                    "end",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{unlisted} further faults are not listed"
                    ),
                    "Correct those listed first"
                )
            );
        }

        return new RisLiveRead(
            count,
            updates,
            peerStates,
            unknown,
            decoder.Compared,
            decoder.Disagreements,
            listed
        );
    }

    private static InputFault FaultAt(SourceFile file, long line, string reason) =>
        new(
            file.Name,
            string.Create(CultureInfo.InvariantCulture, $"line {line}"),
            reason,
            "The rest was read; obtain the message again if it matters"
        );
}

/// <summary>Cuts a text into messages: lines, or the elements of one list.</summary>
public ref struct RisLiveMessages
{
    private readonly ReadOnlySpan<byte> text;
    private readonly bool isList;
    private int next;
    private long nextLine = 1;

    public RisLiveMessages(ReadOnlySpan<byte> content)
    {
        text = content;
        // A byte order mark is no part of the first message.
        next = content.StartsWith("\uFEFF"u8) ? 3 : 0;
        SkipSpace(" \t\r\n"u8);
        if (next < text.Length && text[next] == '[')
        {
            isList = true;
            next++;
        }
    }

    public ReadOnlySpan<byte> Current { get; private set; }

    public int Offset { get; private set; }

    /// <summary>Line on which the message begins, the first is 1.</summary>
    public long Line { get; private set; }

    /// <summary>Why the text could not be cut here; null when it could.</summary>
    public string? Fault { get; private set; }

    public bool MoveNext() => isList ? NextElement() : NextLine();

    private bool NextLine()
    {
        while (next < text.Length)
        {
            int end = text[next..].IndexOf((byte)'\n');
            end = end < 0 ? text.Length : next + end;
            int start = next;
            Line = nextLine++;
            next = Math.Min(end + 1, text.Length);
            ReadOnlySpan<byte> line = text[start..end];
            // The stream of server-sent events: the field name, then the message; comments and other fields are passed over.
            if (line.StartsWith("data:"u8))
            {
                start += 5;
            }
            else if (
                line.StartsWith(":"u8)
                || line.StartsWith("event:"u8)
                || line.StartsWith("id:"u8)
            )
            {
                continue;
            }

            line = text[start..end].TrimStart(" \t"u8);
            Offset = end - line.Length;
            Current = line.TrimEnd(" \t\r"u8);
            if (!Current.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private bool NextElement()
    {
        SkipSpace(" \t\r\n,"u8);
        if (next >= text.Length || text[next] == ']')
        {
            next = text.Length;
            return false;
        }

        (Offset, Line) = (next, nextLine);
        int depth = 0;
        bool isInText = false;
        for (; next < text.Length; next++)
        {
            byte octet = text[next];
            if (octet == '\n')
            {
                nextLine++;
            }

            if (isInText)
            {
                next += octet == '\\' ? 1 : 0;
                isInText = octet != '"';
                continue;
            }

            isInText = octet == '"';
            depth +=
                octet is (byte)'{' or (byte)'[' ? 1
                : octet is (byte)'}' or (byte)']' ? -1
                : 0;
            if (depth <= 0 && octet is (byte)'}' or (byte)',' or (byte)']')
            {
                next += octet == '}' ? 1 : 0;
                Current = text[Offset..next];
                return true;
            }
        }

        next = text.Length;
        Current = text[Offset..];
        Fault = "the list ends inside a message";
        return true;
    }

    private void SkipSpace(ReadOnlySpan<byte> space)
    {
        while (next < text.Length && space.Contains(text[next]))
        {
            nextLine += text[next++] == '\n' ? 1 : 0;
        }
    }
}
