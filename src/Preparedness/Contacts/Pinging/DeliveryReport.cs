using System.Text.RegularExpressions;

namespace Breakwater.Preparedness.Contacts.Pinging;

/// <summary>What became of a message at one of its recipients, as a mail server reports it (RFC 3464).</summary>
/// <param name="Action">As there: <c>failed</c>, <c>delayed</c>, <c>delivered</c>, <c>relayed</c>, <c>expanded</c>.</param>
/// <param name="Status">As in RFC 3463: <c>5.1.1</c>.</param>
/// <param name="Ping">The ping that the message carried, by its Message-ID; null when the report does not bring that along.</param>
public sealed partial record DeliveryReport(
    string Recipient,
    string Action,
    string Status,
    string? Diagnostic,
    string? Ping
)
{
    /// <summary>A report and what it brings along; a whole mailbox is none.</summary>
    public const int LettersMax = 256 << 10;

    private const int RecipientsMax = 100;

    /// <summary>Only what failed for good came back. A delay is none, and a temporary status neither.</summary>
    public bool IsBounce => Action == "failed" && !Status.StartsWith('4');

    public string Reason => SendPing.Plain(Diagnostic is null ? Status : $"{Status} {Diagnostic}");

    /// <summary>The domain of Message-IDs, so that a report tells which ping came back.</summary>
    public static string MessageId(string ping, string domain) =>
        $"breakwater-ping-{ping}@{domain}";

    /// <summary>Reads a notification as it came, or the part of it for machines alone.</summary>
    /// <returns>Empty when there is no report in it.</returns>
    public static IReadOnlyList<DeliveryReport> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LettersMax)
        {
            text = text[..LettersMax];
        }

        string? ping = MessageIds().Match(text) is { Success: true } match
            ? match.Groups["ping"].Value
            : null;
        return
        [
            .. Groups(text)
                .Where(fields => fields.ContainsKey("action") && fields.ContainsKey("status"))
                .Select(fields =>
                    (
                        Fields: fields,
                        To: fields.GetValueOrDefault("original-recipient")
                            ?? fields.GetValueOrDefault("final-recipient")
                    )
                )
                .Where(each => each.To is not null)
                .Take(RecipientsMax)
                .Select(each => new DeliveryReport(
                    Bare(each.To!),
                    each.Fields["action"].ToLowerInvariant(),
                    each.Fields["status"].Split(' ')[0],
                    each.Fields.TryGetValue("diagnostic-code", out string? diagnostic)
                        ? Bare(diagnostic)
                        : null,
                    ping
                )),
        ];
    }

    /// <summary>Fields between blank lines, unfolded (RFC 5322, section 2.2.3).</summary>
    private static IEnumerable<Dictionary<string, string>> Groups(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? last = null;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.Length == 0)
            {
                if (fields.Count > 0)
                {
                    yield return fields;
                    fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                }

                last = null;
            }
            else if (line[0] is ' ' or '\t')
            {
                if (last is not null)
                {
                    fields[last] += " " + line.Trim();
                }
            }
            else if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and < 100 and var colon)
            {
                last = line[..colon].Trim();
                fields.TryAdd(last, line[(colon + 1)..].Trim());
            }
        }

        if (fields.Count > 0)
        {
            yield return fields;
        }
    }

    /// <summary>Without the type before the semicolon: <c>rfc822; noc@example.net</c>.</summary>
    private static string Bare(string typed) =>
        SendPing
            .Plain(typed[(typed.IndexOf(';', StringComparison.Ordinal) + 1)..])
            .Trim('<', '>', ' ');

    [GeneratedRegex(@"breakwater-ping-(?<ping>[0-9a-z]{8})@", RegexOptions.NonBacktracking)]
    private static partial Regex MessageIds();
}
