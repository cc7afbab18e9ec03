using System.Buffers;

namespace Breakwater.Signals;

/// <summary>One piece of an entry, with its escapes.</summary>
internal readonly record struct ZoneToken(int At, int Length, bool IsQuoted);

/// <summary>
/// Cuts a zone file into entries and those into tokens: comments, parentheses, quotes and escapes (RFC 1035 section 5.1).
/// The input comes in pieces; memory is bounded by one entry.
/// </summary>
internal sealed class ZoneEntries(IEnumerable<ReadOnlyMemory<byte>> chunks) : IDisposable
{
    /// <summary>RDATA holds at most 65,535 octets, in hexadecimal twice as many; with blanks and comments left out.</summary>
    public const int OctetsMax = 1 << 18;

    public const int LinesMax = 2_000;

    public const int TokensMax = 20_000;

    /// <summary>What ends a run of plain octets: blanks, comments, parentheses, quotes, escapes and the end of the line.</summary>
    private static readonly SearchValues<byte> _special = SearchValues.Create(" \t\r\n;()\"\\"u8);

    private readonly IEnumerator<ReadOnlyMemory<byte>> chunks = chunks.GetEnumerator();
    private readonly List<ZoneToken> tokens = [];
    private byte[] octets = new byte[4096];
    private int count;
    private ReadOnlyMemory<byte> chunk;
    private int chunkAt;
    private long line = 1;
    private bool isEnded;
    private bool wasTooLong;

    /// <summary>Line of the first token.</summary>
    public long Line { get; private set; }

    /// <summary>Line on which the entry ends.</summary>
    public long LastLine { get; private set; }

    /// <summary>True when the entry begins with blank space: its owner is that of the entry before.</summary>
    public bool HasNoOwner { get; private set; }

    /// <summary>What is wrong with the entry as a whole; null when it can be used.</summary>
    public string? Fault { get; private set; }

    public IReadOnlyList<ZoneToken> Tokens => tokens;

    public ReadOnlySpan<byte> this[int token] =>
        octets.AsSpan(tokens[token].At, tokens[token].Length);

    /// <summary>The next entry that has a token or a fault; it lives until the next call.</summary>
    public bool Read()
    {
        do
        {
            Begin();
            if (isEnded)
            {
                return false;
            }

            ReadEntry();
        } while (tokens.Count == 0 && Fault is null);

        return true;
    }

    public void Dispose() => chunks.Dispose();

    private void Begin()
    {
        tokens.Clear();
        count = 0;
        Fault = null;
        wasTooLong = false;
        Line = LastLine = line;
    }

    private void ReadEntry()
    {
        int depth = 0;
        int first = Next();
        HasNoOwner = first is ' ' or '\t';
        for (int octet = first; ; octet = Next())
        {
            switch (octet)
            {
                case -1:
                    isEnded = true;
                    LastLine = line;
                    Fault ??= depth > 0 ? "a parenthesis is not closed at the end" : null;
                    return;
                case '\n':
                    LastLine = line++;
                    if (depth == 0)
                    {
                        return;
                    }

                    if (line - Line > LinesMax || wasTooLong)
                    {
                        Fault ??= "a parenthesis stays open for too long";
                        return;
                    }

                    break;
                case ' '
                or '\t'
                or '\r':
                    break;
                case ';':
                    SkipComment();
                    break;
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    if (depth < 0)
                    {
                        Fault ??= "a parenthesis is closed that was not opened";
                        depth = 0;
                    }

                    break;
                default:
                    ReadToken(octet);
                    break;
            }
        }
    }

    private void SkipComment()
    {
        while (Fill())
        {
            int end = chunk.Span[chunkAt..].IndexOf((byte)'\n');
            chunkAt = end < 0 ? chunk.Length : chunkAt + end;
            if (end >= 0)
            {
                return;
            }
        }
    }

    private void ReadToken(int octet)
    {
        if (tokens.Count == 0)
        {
            Line = line;
        }

        int at = count;
        bool isQuoted = octet == '"';
        bool isInQuotes = isQuoted;
        if (!isQuoted)
        {
            Add(octet);
            AddEscaped(octet);
        }

        while (true)
        {
            AddPlain();
            octet = Peek();
            if (octet is -1 or '\n')
            {
                Fault ??= isInQuotes ? "a quote is not closed on its line" : null;
                break;
            }

            if (isInQuotes && octet == '"')
            {
                Next();
                isInQuotes = false;
                if (isQuoted)
                {
                    break;
                }

                Add(octet);
            }
            else if (!isInQuotes && IsEnd(octet))
            {
                break;
            }
            else
            {
                Next();
                Add(octet);
                isInQuotes ^= octet == '"';
                AddEscaped(octet);
            }
        }

        if (tokens.Count == TokensMax)
        {
            TooLong();
            return;
        }

        tokens.Add(new ZoneToken(at, count - at, isQuoted));
    }

    private static bool IsEnd(int octet) =>
        octet is ' ' or '\t' or '\r' or ';' or '(' or ')';

    /// <summary>What follows a backslash has no meaning of its own.</summary>
    private void AddEscaped(int octet)
    {
        if (octet == '\\' && Peek() is not (-1 or '\n'))
        {
            Add(Next());
        }
    }

    /// <summary>Octets that mean themselves, in quotes and out of them, at once.</summary>
    private void AddPlain()
    {
        while (Fill())
        {
            ReadOnlySpan<byte> rest = chunk.Span[chunkAt..];
            int end = rest.IndexOfAny(_special);
            ReadOnlySpan<byte> plain = end < 0 ? rest : rest[..end];
            chunkAt += plain.Length;
            if (count + plain.Length > OctetsMax)
            {
                TooLong();
            }
            else
            {
                if (count + plain.Length > octets.Length)
                {
                    Array.Resize(ref octets, Math.Max(2 * count, count + plain.Length));
                }

                plain.CopyTo(octets.AsSpan(count));
                count += plain.Length;
            }

            if (end >= 0)
            {
                return;
            }
        }
    }

    private void Add(int octet)
    {
        if (count == OctetsMax)
        {
            TooLong();
            return;
        }

        if (count == octets.Length)
        {
            Array.Resize(ref octets, 2 * count);
        }

        octets[count++] = (byte)octet;
    }

    private void TooLong()
    {
        wasTooLong = true;
        Fault ??= "an entry is longer than a record can be";
    }

    private int Peek() => Fill() ? chunk.Span[chunkAt] : -1;

    private int Next() => Fill() ? chunk.Span[chunkAt++] : -1;

    private bool Fill()
    {
        while (chunkAt == chunk.Length)
        {
            if (!chunks.MoveNext())
            {
                return false;
            }

            chunk = chunks.Current;
            chunkAt = 0;
        }

        return true;
    }
}
