using System.Text.Json;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>
/// Expectations of prefixes as their holders state them: a JSON object with a prefix as the name of each member and, as its
/// value, one rule or an array of them: <c>{"192.0.2.0/24": {"origins": [64500], "neighbours": [64501], "noExport": false}}</c>.
/// Absent origins or neighbours allow every one; <c>"origins": []</c> expects nobody to announce the prefix.
/// </summary>
public static class ExpectationFile
{
    public static (Expectations Expectations, IReadOnlyList<InputFault> Faults) Read(
        SourceFile file
    )
    {
        ArgumentNullException.ThrowIfNull(file);
        var faults = new FaultList(file.Name, 50);
        List<Expectation> expectations = [];
        try
        {
            using JsonDocument document = JsonDocument.Parse(file.Content);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new JsonException("not an object of prefixes");
            }

            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                ReadMember(member, expectations, faults);
            }
        }
        catch (JsonException fault)
        {
            faults.Add(
                $"line {(fault.LineNumber ?? 0) + 1}",
                "not JSON of expectations",
                "Write {\"192.0.2.0/24\": {\"origins\": [64500]}}"
            );
        }

        return (new Expectations(expectations), faults.ToList());
    }

    private static void ReadMember(
        JsonProperty member,
        List<Expectation> expectations,
        FaultList faults
    )
    {
        if (!IpPrefix.TryParse(NameOf(member), out IpPrefix prefix))
        {
            faults.Add(
                $"member '{Short(NameOf(member))}'",
                "no prefix",
                "Name each member after a prefix such as 192.0.2.0/24"
            );
            return;
        }

        foreach (JsonElement rule in Rules(member.Value))
        {
            if (RuleOf(prefix, rule) is { } expectation)
            {
                expectations.Add(expectation);
            }
            else
            {
                faults.Add(
                    $"member '{member.Name}'",
                    "the rule is not {\"origins\": [AS numbers], \"neighbours\": [AS numbers], \"noExport\": true or false}",
                    "Correct the rule; it is left out"
                );
            }
        }
    }

    /// <summary>Empty when the name is no text: JSON may hold octets that are not UTF-8, or half of a surrogate pair.</summary>
    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static JsonElement[] Rules(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];

    private static Expectation? RuleOf(IpPrefix prefix, JsonElement rule)
    {
        if (rule.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        IReadOnlyList<Asn>? origins = null;
        IReadOnlyList<Asn>? neighbours = null;
        bool isNotExported = false;
        foreach (JsonProperty member in rule.EnumerateObject())
        {
            switch (NameOf(member))
            {
                case "origins" when Asns(member.Value) is { } read:
                    origins = read;
                    break;
                case "neighbours" when Asns(member.Value) is { } read:
                    neighbours = read;
                    break;
                case "noExport"
                    when member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                    isNotExported = member.Value.GetBoolean();
                    break;
                default:
                    return null;
            }
        }

        return new Expectation
        {
            Prefix = prefix,
            Origins = origins,
            Neighbours = neighbours,
            IsNotExported = isNotExported,
        };
    }

    private static List<Asn>? Asns(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        List<Asn> asns = [];
        foreach (JsonElement element in value.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Number && element.TryGetUInt32(out uint number))
            {
                asns.Add(new Asn(number));
            }
            else if (
                element.ValueKind == JsonValueKind.String
                && Asn.TryParse(TextOf(element), out Asn asn)
            )
            {
                asns.Add(asn);
            }
            else
            {
                return null;
            }
        }

        return asns;
    }

    private static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
