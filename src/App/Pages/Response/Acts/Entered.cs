using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Breakwater.App.Subjects;
using Breakwater.Preparedness.Contacts.Keeping;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Preparedness.Contacts.Verifying;
using Breakwater.Vocabulary;
using Microsoft.Extensions.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Pages.Response.Acts;

/// <summary>What stands in the fields of a form: what was sent, or what is known before anybody types.</summary>
internal sealed class Entered(IReadOnlyDictionary<string, StringValues> fields)
{
    private const int LettersMax = 4_000;

    /// <summary>
    /// Members that a form about something that stands begins with: sent back empty, they would be gone, and nobody types the
    /// hash of an approval.
    /// </summary>
    private static readonly HashSet<string> _changed = new(StringComparer.Ordinal)
    {
        "Agenda",
        "ConceptNote",
        "Contact",
        "Earmarks",
        "Expires",
        "Hash",
        "Length",
        "Paragraphs",
        "StartsAt",
        "Terms",
        "TermsId",
        "Where",
    };

    /// <summary>For times that are no whole minute, as exact as a browser takes it.</summary>
    private static readonly LocalDateTimePattern _exactForm =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.FFF");

    /// <summary>How the browser writes a time; it has no zone, and every page says that it is UTC.</summary>
    public static LocalDateTimePattern TimeForm { get; } =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static Entered Of(IFormCollection sent) =>
        new(sent.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal));

    /// <summary>The address may name values, so that a page can lead to a form about itself; the state gives what is to be changed.</summary>
    public static Entered Of(
        IQueryCollection query,
        CommandKind command,
        Seen? seen,
        Participant by,
        Instant now
    )
    {
        var fields = new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["origin"] = "reported",
            ["terms.origin"] = "reported",
            ["terms.stakeholder"] = by.Organisation ?? "",
            ["terms.organisations"] = by.Organisation ?? "",
        };
        if (seen is not null)
        {
            foreach (
                Asked asked in Asked
                    .Of(command)
                    .Where(each =>
                        _changed.Contains(each.Member.Name)
                        || command.Request == typeof(ChangeContact)
                    )
            )
            {
                if (seen.At(Members.JsonName(asked.Member)) is { } value)
                {
                    Fill(fields, asked, value);
                }
            }
        }

        if (command.Request == typeof(HandOverCode))
        {
            // Shown here and nowhere again: what is kept is a hash.
            fields["code"] = PingCode.Of(RandomNumberGenerator.GetBytes(PingCode.Octets));
        }

        foreach (Asked asked in Asked.Of(command).Where(each => each.Type == typeof(Instant)))
        {
            if (asked.Member.Name is "AskedAt" or "SentAt" or "AnsweredAt")
            {
                fields[asked.Path] = TimeForm.Format(now.InUtc().LocalDateTime);
            }
        }

        foreach (
            (string name, StringValues value) in query.Where(each =>
                each.Value.ToString().Length <= LettersMax
            )
        )
        {
            fields[name] = value;
        }

        return new Entered(fields);
    }

    /// <summary>One value without blanks around it.</summary>
    public string this[string path] =>
        fields.TryGetValue(path, out StringValues value) ? value.ToString().Trim() : "";

    public IReadOnlyList<string> All(string path) =>
        fields.TryGetValue(path, out StringValues values)
            ? [.. values.Where(value => value is { Length: > 0 }).Select(value => value!)]
            : [];

    public IReadOnlyList<string> Lines(string path) =>
        this[path]
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>True when nobody typed anything at or under it.</summary>
    public bool IsBlank(string path) =>
        fields.All(field =>
            (field.Key != path && !field.Key.StartsWith(path + ".", StringComparison.Ordinal))
            || field.Value.ToString().Trim().Length == 0
        );

    private static void Fill(
        Dictionary<string, StringValues> fields,
        Asked asked,
        JsonElement value
    )
    {
        if (value.ValueKind == JsonValueKind.Object && Members.IsRecord(asked.Type))
        {
            foreach (Asked inner in asked.Inner)
            {
                if (Seen.At(value, Members.JsonName(inner.Member)) is { } known)
                {
                    Fill(fields, inner, known);
                }
            }

            return;
        }

        if (asked.Type == typeof(Place))
        {
            Place place = value.Deserialize<Place>(Json.Compact)!;
            fields[asked.Path + ".country"] = place.Country ?? place.Key;
            fields[asked.Path + ".area"] = string.Join('/', place.Area ?? []);
        }
        else if (
            value.ValueKind == JsonValueKind.Array
            && Members.IsRecord(Members.Bare(Members.ItemOf(asked.Type)!))
        )
        {
            foreach ((int row, JsonElement item) in value.EnumerateArray().Index())
            {
                foreach (Asked inner in asked.Row(row))
                {
                    if (Seen.At(item, Members.JsonName(inner.Member)) is { } known)
                    {
                        Fill(fields, inner, known);
                    }
                }
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            string[] lines = [.. value.EnumerateArray().Select(Line).OfType<string>()];
            fields[asked.Path] = Members.ItemOf(asked.Type)!.IsEnum
                ? new StringValues(lines)
                : string.Join('\n', lines);
        }
        else if (asked.Type != typeof(SealedField))
        {
            fields[asked.Path] = One(asked.Type, value);
        }
    }

    private static string? Line(JsonElement item) =>
        item.ValueKind switch
        {
            JsonValueKind.String => item.GetString(),
            JsonValueKind.Object when item.TryGetProperty("sealed", out _) => null,
            JsonValueKind.Object => item.Deserialize<Place>(Json.Compact)!.Key,
            _ => item.GetRawText(),
        };

    private static string Time(LocalDateTime at) =>
        (at is { Second: 0, NanosecondOfSecond: 0 } ? TimeForm : _exactForm).Format(at);

    private static string One(Type type, JsonElement value) =>
        value.ValueKind != JsonValueKind.String ? value.GetRawText()
        : type == typeof(Instant)
        && InstantPattern.ExtendedIso.Parse(value.GetString()!) is { Success: true } at
            ? Time(at.Value.InUtc().LocalDateTime)
        : type == typeof(Duration)
            ? value
                .Deserialize<Duration>(Json.Compact)
                .TotalHours.ToString(CultureInfo.InvariantCulture)
        : value.GetString()!;
}
