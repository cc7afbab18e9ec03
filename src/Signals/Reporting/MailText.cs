using System.Text;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Reporting;

/// <param name="Number">Line in the file, first line is 1; of a coded part, where the part begins.</param>
internal readonly record struct TextLine(int Number, string Text);

/// <summary>
/// The lines that a person wrote, of a plain text file or of a mail. Headers of the mail say who and from where, and are not
/// kept; of its parts the first plain text is read and every other is named as not read. Nothing is opened or run.
/// </summary>
internal static class MailText
{
    public const int PartsMax = 50;

    private const int DepthMax = 4;

    private static readonly HashSet<string> _mailHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "From",
        "To",
        "Cc",
        "Date",
        "Subject",
        "Received",
        "Return-Path",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Delivered-To",
        "Reply-To",
        "DKIM-Signature",
    };

    public static IReadOnlyList<TextLine> Read(
        SourceFile file,
        FaultList faults,
        List<string> notes
    )
    {
        string[] lines = Encoding
            .UTF8.GetString(file.Content.Span)
            .TrimStart('\uFEFF')
            .Replace("\r\n", "\n", StringComparison.Ordinal)
            .Replace('\r', '\n')
            .Split('\n');
        List<TextLine> all = [.. lines.Select((text, index) => new TextLine(index + 1, text))];
        return IsMail(all) ? Part(all, 0, faults, notes) ?? [] : all;
    }

    /// <summary>A block at the top with a header that only mails have. A report may begin with lines that look like headers.</summary>
    private static bool IsMail(List<TextLine> lines) =>
        lines
            .TakeWhile(line => line.Text.Trim().Length > 0)
            .Any(line => HeaderOf(line.Text) is { } name && _mailHeaders.Contains(name));

    /// <summary>The text of one part; null when it has none.</summary>
    private static List<TextLine>? Part(
        List<TextLine> lines,
        int depth,
        FaultList faults,
        List<string> notes
    )
    {
        int blank = lines.FindIndex(line => line.Text.Trim().Length == 0);
        List<TextLine> head = blank < 0 ? lines : lines[..blank];
        List<TextLine> body = blank < 0 ? [] : lines[(blank + 1)..];
        string type = Header(head, "Content-Type") ?? "text/plain";
        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            return Parts(body, Parameter(type, "boundary"), depth, faults, notes);
        }

        string mime = type.Split(';')[0].Trim().ToLowerInvariant();
        if (
            mime != "text/plain"
            || Header(head, "Content-Disposition") is { } disposition
                && disposition.StartsWith("attachment", StringComparison.OrdinalIgnoreCase)
        )
        {
            notes.Add($"an attachment ({Wording.Shorten(mime, 60)}) is not read");
            return null;
        }

        // What people write among the headers of a plain file counts as written.
        IEnumerable<TextLine> written = head.Where(line =>
            HeaderOf(line.Text) is { } name && TextReportKeys.KeyOf(name) is not null
        );
        return [.. written, .. Decoded(head, body, type, faults)];
    }

    private static List<TextLine>? Parts(
        List<TextLine> body,
        string? boundary,
        int depth,
        FaultList faults,
        List<string> notes
    )
    {
        if (string.IsNullOrEmpty(boundary) || depth >= DepthMax)
        {
            faults.Add("line 1", "the parts of the mail cannot be told apart", "Send plain text");
            return null;
        }

        List<TextLine>? text = null;
        List<TextLine>? part = null;
        int parts = 0;
        foreach (TextLine line in body.Append(new TextLine(0, $"--{boundary}--")))
        {
            if (!line.Text.StartsWith($"--{boundary}", StringComparison.Ordinal))
            {
                part?.Add(line);
                continue;
            }

            if (part is not null && parts++ < PartsMax)
            {
                List<TextLine>? read = Part(part, depth + 1, faults, notes);
                if (text is not null && read is not null)
                {
                    notes.Add("a further part of plain text is not read");
                }

                text ??= read;
            }

            part = line.Text.StartsWith($"--{boundary}--", StringComparison.Ordinal) ? null : [];
        }

        if (parts > PartsMax)
        {
            notes.Add($"{parts - PartsMax} further parts are not read");
        }

        return text;
    }

    private static IEnumerable<TextLine> Decoded(
        List<TextLine> head,
        List<TextLine> body,
        string type,
        FaultList faults
    )
    {
        int first = body.Count > 0 ? body[0].Number : 1;
        string charset = (Parameter(type, "charset") ?? "utf-8").ToLowerInvariant();
        if (charset is not ("utf-8" or "us-ascii" or "utf8"))
        {
            faults.Add(
                $"line {first}",
                "the letters are coded in a way that is not read",
                "Send UTF-8"
            );
            return [];
        }

        string? coding = Header(head, "Content-Transfer-Encoding")?.Trim().ToLowerInvariant();
        if (coding is not ("base64" or "quoted-printable"))
        {
            return body;
        }

        byte[]? octets =
            coding == "base64"
                ? Base64(string.Concat(body.Select(line => line.Text.Trim())))
                : QuotedPrintable(body);
        if (octets is null)
        {
            faults.Add(
                $"line {first}",
                "the text is not the base64 that it says it is",
                "Send plain text"
            );
            return [];
        }

        return Encoding
            .UTF8.GetString(octets)
            .Replace("\r\n", "\n", StringComparison.Ordinal)
            .Split('\n')
            .Select(text => new TextLine(first, text));
    }

    private static byte[]? Base64(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out int count) ? octets[..count] : null;
    }

    /// <summary>RFC 2045, section 6.7; what is no octet in hexadecimal stands as it is.</summary>
    private static byte[] QuotedPrintable(List<TextLine> body)
    {
        var octets = new List<byte>();
        foreach (TextLine line in body)
        {
            string text = line.Text.TrimEnd(' ', '\t');
            bool goesOn = text.EndsWith('=');
            byte[] raw = Encoding.UTF8.GetBytes(goesOn ? text[..^1] : text);
            for (int at = 0; at < raw.Length; at++)
            {
                bool isCoded =
                    raw[at] == '='
                    && at + 2 < raw.Length
                    && char.IsAsciiHexDigit((char)raw[at + 1])
                    && char.IsAsciiHexDigit((char)raw[at + 2]);
                octets.Add(
                    isCoded
                        ? Convert.FromHexString([(char)raw[at + 1], (char)raw[at + 2]])[0]
                        : raw[at]
                );
                at += isCoded ? 2 : 0;
            }

            if (!goesOn)
            {
                octets.Add((byte)'\n');
            }
        }

        return [.. octets];
    }

    private static string? HeaderOf(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && !char.IsWhiteSpace(line[0]) ? line[..colon].Trim() : null;
    }

    /// <summary>The value of a header with its folded lines, or null.</summary>
    private static string? Header(List<TextLine> head, string name)
    {
        int at = head.FindIndex(line =>
            string.Equals(HeaderOf(line.Text), name, StringComparison.OrdinalIgnoreCase)
        );
        if (at < 0)
        {
            return null;
        }

        string text = head[at].Text;
        IEnumerable<string> folded = head.Skip(at + 1)
            .Select(line => line.Text)
            .TakeWhile(line => line.Length > 0 && char.IsWhiteSpace(line[0]));
        return string.Concat([text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..], .. folded])
            .Trim();
    }

    private static string? Parameter(string header, string name) =>
        header
            .Split(';')
            .Skip(1)
            .Select(parameter => parameter.Split('=', 2))
            .Where(pair =>
                pair.Length == 2
                && string.Equals(pair[0].Trim(), name, StringComparison.OrdinalIgnoreCase)
            )
            .Select(pair => pair[1].Trim().Trim('"'))
            .FirstOrDefault();
}
