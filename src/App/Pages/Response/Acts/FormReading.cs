using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Breakwater.App.Sealing;
using Breakwater.App.Subjects;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Pages.Response.Acts;

/// <summary>
/// From the fields of a form to the command, by the same JSON that the API takes: a form can say nothing that the API
/// could not.
/// </summary>
/// <param name="sealing">Null for a form that has nothing to seal.</param>
internal sealed class FormReading(Entered entered, SealingOnEntry? sealing = null)
{
    /// <summary>Records of one list in one form; more go through the API.</summary>
    public const int RowsMax = 50;

    private readonly Dictionary<string, string> _wrong = new(StringComparer.Ordinal);

    /// <summary>What is wrong with a field, by its path: <c>missing</c>, <c>number</c>, <c>time</c>, <c>place</c>, <c>choice</c>, <c>sealed</c>, <c>whole</c>.</summary>
    public IReadOnlyDictionary<string, string> Wrong => _wrong;

    /// <param name="id">Of the subject.</param>
    /// <param name="fresh">An id for what the command begins; the same when the same form is sent again.</param>
    /// <returns>Null when a field is wrong.</returns>
    public object? Read(CommandKind command, string id, string fresh)
    {
        JsonObject body = Object(Asked.Of(command));
        foreach (
            var member in Members
                .Of(command.Request)
                .Where(member => Asked.IsGiven(command, member))
        )
        {
            body[Members.JsonName(member)] = command.IsStart ? id : fresh;
        }

        if (
            command.Request.Name is "MakeOffer" or "ChangeOffer"
            && body["terms"] is JsonObject terms
        )
        {
            terms["id"] = command.IsStart ? entered["id"] : id;
        }

        if (_wrong.Count > 0)
        {
            return null;
        }

        try
        {
            return body.Deserialize(command.Request, sealing?.Reading ?? Json.Compact);
        }
        catch (Exception fault)
            when (fault
                    is JsonException
                        or FormatException
                        or OverflowException
                        or ArgumentException
            )
        {
            _wrong[""] = "whole";
            return null;
        }
    }

    private JsonObject Object(IReadOnlyList<Asked> members)
    {
        var body = new JsonObject();
        foreach (Asked asked in members)
        {
            if (Value(asked) is { } value)
            {
                body[Members.JsonName(asked.Member)] = value;
            }
        }

        return body;
    }

    private JsonNode? Value(Asked asked)
    {
        Type type = asked.Type;
        if (Members.ItemOf(type) is { } item)
        {
            return Items(asked, Members.Bare(item));
        }

        if (Members.IsRecord(type))
        {
            return asked.IsNeeded || !entered.IsBlank(asked.Path) ? Object(asked.Inner) : null;
        }

        if (type == typeof(Place))
        {
            return Place(asked);
        }

        string text = entered[asked.Path];
        if (type == typeof(bool))
        {
            return text == "true";
        }

        if (text.Length > 0)
        {
            return Word(asked.Path, type, text);
        }

        if (!asked.IsNeeded)
        {
            return null;
        }

        // An empty text is the command's own matter: some acts need no reason.
        return type == typeof(string) ? "" : No(asked.Path, "missing");
    }

    private JsonArray? Items(Asked asked, Type item)
    {
        var list = new JsonArray();
        if (Members.IsRecord(item))
        {
            for (int row = 0; row < RowsMax; row++)
            {
                if (!entered.IsBlank($"{asked.Path}.{row}"))
                {
                    list.Add(Object(asked.Row(row)));
                }
            }
        }
        else
        {
            foreach (
                string line in item.IsEnum ? entered.All(asked.Path) : entered.Lines(asked.Path)
            )
            {
                list.Add(Word(asked.Path, item, line));
            }
        }

        return list.Count == 0 && !asked.IsNeeded ? null : list;
    }

    private JsonNode? Place(Asked asked)
    {
        string country = entered[asked.Path + ".country"];
        string area = entered[asked.Path + ".area"];
        return country.Length > 0
                ? Word(
                    asked.Path,
                    typeof(Place),
                    area.Length == 0 ? country : $"{country}/{area.Trim('/')}"
                )
            : area.Length > 0 || asked.IsNeeded
                ? No(asked.Path, area.Length > 0 ? "place" : "missing")
            : null;
    }

    private JsonNode? Word(string path, Type type, string text)
    {
        if (type == typeof(string))
        {
            return text.ReplaceLineEndings("\n");
        }

        if (type.IsEnum)
        {
            return Enum.GetNames(type).Any(name => Members.Kebab(name) == text)
                ? text
                : No(path, "choice");
        }

        if (type == typeof(Instant))
        {
            return Time(text) is { } at ? InstantPattern.ExtendedIso.Format(at) : No(path, "time");
        }

        if (type == typeof(Place))
        {
            return Vocabulary.Place.TryParse(text, out Place place)
                ? JsonSerializer.SerializeToNode(place, Json.Compact)
                : No(path, "place");
        }

        if (type == typeof(SealedField))
        {
            // Plain words, which are sealed when the command is read.
            return JsonValue.Create(text);
        }

        return Number(path, type, text);
    }

    private JsonNode? Number(string path, Type type, string text)
    {
        // In much of the world a comma stands before the fraction.
        if (
            !decimal.TryParse(
                text.Replace(',', '.'),
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out decimal number
            )
        )
        {
            return No(path, "number");
        }

        const decimal hoursMax = 1_000_000;
        return type == typeof(Duration)
            ? Math.Abs(number) > hoursMax
                ? No(path, "number")
                : JsonSerializer.SerializeToNode(Duration.FromHours((double)number), Json.Compact)
            : type == typeof(int) || type == typeof(long)
                ? number != decimal.Truncate(number)
                || Math.Abs(number) > (type == typeof(int) ? int.MaxValue : long.MaxValue)
                    ? No(path, "number")
                    : (long)number
                : number;
    }

    private JsonNode? No(string path, string why)
    {
        _wrong[path] = why;
        return null;
    }

    private static Instant? Time(string text)
    {
        string bare = text.TrimEnd('Z').Replace(' ', 'T');
        return Entered.TimeForm.Parse(bare) is { Success: true } minutes
                ? minutes.Value.InUtc().ToInstant()
            : LocalDateTimePattern.ExtendedIso.Parse(bare) is { Success: true } exact
                ? exact.Value.InUtc().ToInstant()
            : null;
    }
}
