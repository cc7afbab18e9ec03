using System.Globalization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Reporting;

/// <summary>
/// A report as people write it in a mail or a note: lines such as <c>Place: IR/Tehran</c>, <c>État: coupé</c> or
/// <c>الحالة: مقطوع</c>, and free words. One file is one report.
/// </summary>
public static class DraftsFromText
{
    public const int OctetsMax = 64 * 1024;

    public const int WordsMax = 2_000;

    private const int FaultsMax = 50;

    private const int NotesMax = 50;

    private const int ValueMax = 200;

    /// <param name="receivedAt">Taken as the time where none is written.</param>
    public static DraftsRead Read(SourceFile file, Instant receivedAt)
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, FaultsMax);
        List<string> notes = [];
        if (file.Content.Length > OctetsMax)
        {
            faults.Add(
                "",
                $"larger than {OctetsMax / 1024} KiB",
                "Write less, and send pictures apart"
            );
            return new DraftsRead([], faults.ToList(), notes);
        }

        var fields = new Dictionary<TextReportKey, TextLine>();
        List<string> words = [];
        foreach (TextLine line in MailText.Read(file, faults, notes))
        {
            // "-- " begins a signature, which says who wrote.
            if (line.Text.TrimEnd('\r') is "-- ")
            {
                break;
            }

            if (!line.Text.StartsWith('>') && !IsField(line, fields, faults))
            {
                words.Add(line.Text);
            }
        }

        ReportDraft? draft = Draft(fields, words, receivedAt, faults, notes);
        return new DraftsRead(
            draft is null ? [] : [draft],
            faults.ToList(),
            [.. notes.Distinct(StringComparer.Ordinal).Take(NotesMax)]
        );
    }

    private static bool IsField(
        TextLine line,
        Dictionary<TextReportKey, TextLine> fields,
        FaultList faults
    )
    {
        int colon = line.Text.AsSpan().IndexOfAny(':', '：');
        if (colon <= 0 || TextReportKeys.KeyOf(line.Text[..colon]) is not { } key)
        {
            return false;
        }

        string value = Wording.Shorten(line.Text[(colon + 1)..], ValueMax);
        if (value.Length > 0 && !fields.TryAdd(key, line with { Text = value }))
        {
            faults.Add($"line {line.Number}", $"{key} is said twice", "The first one is taken");
        }

        return true;
    }

    private static ReportDraft? Draft(
        Dictionary<TextReportKey, TextLine> fields,
        List<string> words,
        Instant receivedAt,
        FaultList faults,
        List<string> notes
    )
    {
        Place? place = fields.TryGetValue(TextReportKey.Place, out TextLine where)
            ? PlaceOf(where.Text)
            : null;
        ServiceState? state = Value(
            fields,
            TextReportKey.State,
            TextReportKeys.StateOf,
            "working, degraded, down or unknown",
            faults
        );
        if (place is null)
        {
            faults.Add(
                where.Number > 0 ? $"line {where.Number}" : "line 1",
                where.Number > 0
                    ? "the place is none, or closer than an area"
                    : "no place is named",
                "Write Place: and a country with an area, such as Place: IR/Tehran"
            );
        }

        if (state is null && !fields.ContainsKey(TextReportKey.State))
        {
            faults.Add(
                "line 1",
                "no state is named",
                "Write State: working, degraded, down or unknown"
            );
        }

        Instant? at = When(fields, receivedAt, faults, notes);
        if (place is null || state is null || at is null)
        {
            return null;
        }

        return new ReportDraft(
            place,
            Cell(fields, faults),
            fields.TryGetValue(TextReportKey.Network, out TextLine network) ? network.Text : null,
            Value(
                fields,
                TextReportKey.Service,
                TextReportKeys.ServiceOf,
                "messaging, voice, web, video or broadcast",
                faults
            ),
            state.Value,
            at.Value,
            Value(
                fields,
                TextReportKey.Observer,
                TextReportKeys.ObserverOf,
                "resident, operator, measurer, responder, journalist or authority; no name is kept",
                faults
            ) ?? ObserverKind.Unknown,
            Words(words),
            fields.TryGetValue(TextReportKey.Language, out TextLine language)
                ? LanguageTag.Read(language.Text)
                : null,
            fields.TryGetValue(TextReportKey.Contact, out TextLine contact) ? contact.Text : null,
            ReceiveReport.Usual
        );
    }

    private static T? Value<T>(
        Dictionary<TextReportKey, TextLine> fields,
        TextReportKey key,
        Func<string, T?> read,
        string known,
        FaultList faults
    )
        where T : struct
    {
        if (!fields.TryGetValue(key, out TextLine line))
        {
            return null;
        }

        T? value = read(line.Text);
        if (value is null)
        {
            // The value is not repeated: it may be a name.
            faults.Add(
                $"line {line.Number}",
                $"{key} is none that is known here",
                $"Write {known}"
            );
        }

        return value;
    }

    private static Instant? When(
        Dictionary<TextReportKey, TextLine> fields,
        Instant receivedAt,
        FaultList faults,
        List<string> notes
    )
    {
        if (!fields.TryGetValue(TextReportKey.When, out TextLine line))
        {
            notes.Add("no time is written; the time of receipt is taken");
            return receivedAt;
        }

        Instant? at = Times.OfText(Digits(line.Text));
        string? reason = at is null
            ? "the time is not written as 2026-01-09 10:00 (UTC) or with its offset"
            : ReportRules.WhyNot(at.Value, receivedAt);
        if (reason is not null)
        {
            faults.Add($"line {line.Number}", reason, "Correct the time; the report is left out");
        }

        return reason is null ? at : null;
    }

    /// <summary>A country's code with areas, a country's name, or areas before a country's name: <c>Rey, Tehran, Iran</c>.</summary>
    private static Place? PlaceOf(string text)
    {
        if (Place.TryParse(text, out Place place))
        {
            return ReportPlace.Coarsen(place);
        }

        string[] names = text.Split(
            [',', '،'],
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        return names.Length > 0 && Countries.OfName(names[^1]) is { Country: { } country } named
            ? ReportPlace.Coarsen(
                Place.OfArea(country, [.. named.Area ?? [], .. names[..^1].Reverse()])
            )
            : null;
    }

    /// <summary>The position itself goes no further than this method.</summary>
    private static GridCell? Cell(Dictionary<TextReportKey, TextLine> fields, FaultList faults)
    {
        if (!fields.TryGetValue(TextReportKey.Position, out TextLine line))
        {
            return null;
        }

        string[] parts = Digits(line.Text)
            .Split([',', ';', ' ', '،'], StringSplitOptions.RemoveEmptyEntries);
        GridCell? cell =
            parts.Length == 2
            && double.TryParse(
                parts[0],
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out double latitude
            )
            && double.TryParse(
                parts[1],
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out double longitude
            )
                ? GridCell.Of(latitude, longitude, ReportPlace.CellKm)
                : null;
        if (cell is null)
        {
            faults.Add(
                $"line {line.Number}",
                "the position is none",
                "Write latitude, longitude; it is made coarse"
            );
        }

        return cell;
    }

    private static string? Words(List<string> lines)
    {
        string text = string.Join('\n', lines).Trim();
        return text.Length == 0 ? null
            : text.Length <= WordsMax ? text
            : text[..(char.IsHighSurrogate(text[WordsMax - 1]) ? WordsMax - 1 : WordsMax)];
    }

    /// <summary>Digits of Arabic and of Persian as ASCII.</summary>
    private static string Digits(string text) =>
        string.Concat(
            text.Select(letter =>
                letter switch
                {
                    >= '\u0660' and <= '\u0669' => (char)(letter - '\u0660' + '0'),
                    >= '\u06F0' and <= '\u06F9' => (char)(letter - '\u06F0' + '0'),
                    _ => letter,
                }
            )
        );
}
