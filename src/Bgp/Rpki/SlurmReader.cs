using System.Text;
using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// Reads one SLURM file. RFC 8416 section 3.1 counts every deviation as an error, and half of a set of exceptions would be
/// worse than none: a fault in what concerns prefixes or ASPAs refuses the file. Two deviations that leave no doubt are told
/// and passed: lists that are absent count as empty, and faulty BGPsec entries, which origin validation never uses, are left out.
/// </summary>
public sealed class SlurmReader
{
    private const int FaultsMax = 100;

    private readonly SourceFile file;
    private readonly List<InputFault> faults = [];
    private readonly List<SlurmPrefixFilter> prefixFilters = [];
    private readonly List<Vrp> prefixAssertions = [];
    private readonly List<Asn> aspaFilters = [];
    private readonly List<Aspa> aspaAssertions = [];
    private bool isRefused;

    private SlurmReader(SourceFile file) => this.file = file;

    /// <returns>Null exceptions when the file is refused; the faults say why.</returns>
    public static (Slurm? Exceptions, IReadOnlyList<InputFault> Faults) Read(SourceFile file)
    {
        var reader = new SlurmReader(file);
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                file.Content,
                new JsonDocumentOptions { AllowDuplicateProperties = false }
            );
            reader.Document(document.RootElement);
        }
        catch (JsonException fault)
        {
            reader.Refuse(
                fault.LineNumber is { } line ? $"line {line + 1}" : "",
                $"not JSON: {fault.Message.Split(" LineNumber")[0].TrimEnd('.')}"
            );
        }

        return reader.isRefused
            ? (null, reader.faults)
            : (
                new Slurm(
                    [file.Name],
                    reader.prefixFilters,
                    reader.prefixAssertions,
                    reader.aspaFilters,
                    reader.aspaAssertions
                ),
                reader.faults
            );
    }

    private void Document(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Refuse("", "not a JSON object");
            return;
        }

        int version =
            root.TryGetProperty("slurmVersion", out JsonElement number)
            && number.ValueKind == JsonValueKind.Number
            && number.TryGetInt32(out int given)
                ? given
                : 0;
        if (version is not (1 or 2))
        {
            Refuse("slurmVersion", "not 1 or 2");
            return;
        }

        Only(root, "", "slurmVersion", "validationOutputFilters", "locallyAddedAssertions");
        JsonElement filters = Part(root, "validationOutputFilters");
        JsonElement assertions = Part(root, "locallyAddedAssertions");
        Only(
            filters,
            "validationOutputFilters",
            Names(version, "prefixFilters", "bgpsecFilters", "aspaFilters")
        );
        Only(
            assertions,
            "locallyAddedAssertions",
            Names(version, "prefixAssertions", "bgpsecAssertions", "aspaAssertions")
        );
        Each(filters, "prefixFilters", PrefixFilter);
        Each(filters, "bgpsecFilters", (entry, at) => Bgpsec(entry, at, isAssertion: false));
        Each(assertions, "prefixAssertions", PrefixAssertion);
        Each(assertions, "bgpsecAssertions", (entry, at) => Bgpsec(entry, at, isAssertion: true));
        if (version == 2)
        {
            Each(filters, "aspaFilters", AspaFilter);
            Each(assertions, "aspaAssertions", AspaAssertion);
        }
    }

    private static string[] Names(int version, string prefix, string bgpsec, string aspa) =>
        version == 1 ? [prefix, bgpsec] : [prefix, bgpsec, aspa];

    private JsonElement Part(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement part))
        {
            Tell(name, "absent; taken as empty");
        }
        else if (part.ValueKind != JsonValueKind.Object)
        {
            Refuse(name, "not an object");
            return default;
        }

        return part;
    }

    private void Each(JsonElement part, string name, Action<JsonElement, string> read)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (!part.TryGetProperty(name, out JsonElement list))
        {
            Tell(name, "absent; taken as empty");
        }
        else if (list.ValueKind != JsonValueKind.Array)
        {
            Refuse(name, "not a list");
        }
        else
        {
            int index = 0;
            foreach (JsonElement entry in list.EnumerateArray())
            {
                string at = $"{name}[{index++}]";
                if (entry.ValueKind == JsonValueKind.Object)
                {
                    read(entry, at);
                }
                else
                {
                    Refuse(at, "not an object");
                }
            }
        }
    }

    private void PrefixFilter(JsonElement entry, string at)
    {
        Only(entry, at, "prefix", "asn", "comment");
        IpPrefix? prefix = Prefix(entry, at);
        Asn? asn = Number(entry, "asn", at);
        if (!entry.TryGetProperty("prefix", out _) && !entry.TryGetProperty("asn", out _))
        {
            Refuse(at, "neither prefix nor asn, which would drop everything");
        }
        else
        {
            prefixFilters.Add(new SlurmPrefixFilter(prefix, asn));
        }
    }

    private void PrefixAssertion(JsonElement entry, string at)
    {
        Only(entry, at, "prefix", "asn", "maxPrefixLength", "comment");
        if (Prefix(entry, at) is not { } prefix || Number(entry, "asn", at) is not { } asn)
        {
            Refuse(at, "an assertion needs prefix and asn");
            return;
        }

        byte maxLength = prefix.Length;
        if (
            entry.TryGetProperty("maxPrefixLength", out JsonElement given)
            && !(given.ValueKind == JsonValueKind.Number && given.TryGetByte(out maxLength))
        )
        {
            Refuse(at, "maxPrefixLength is not a length");
        }
        else if (maxLength < prefix.Length || maxLength > prefix.MaxLength)
        {
            Refuse(
                at,
                $"maxPrefixLength {maxLength} is not from {prefix.Length} to {prefix.MaxLength}"
            );
        }
        else
        {
            prefixAssertions.Add(new Vrp(prefix, maxLength, asn, Slurm.Anchor));
        }
    }

    private void AspaFilter(JsonElement entry, string at)
    {
        Only(entry, at, "customerAsn", "customerAsid", "comment");
        if ((Number(entry, "customerAsn", at) ?? Number(entry, "customerAsid", at)) is { } customer)
        {
            aspaFilters.Add(customer);
        }
        else
        {
            Refuse(at, "a filter of ASPAs needs customerAsn");
        }
    }

    private void AspaAssertion(JsonElement entry, string at)
    {
        Only(entry, at, "customerAsn", "customerAsid", "providerAsns", "providerSet", "comment");
        Asn? customer = Number(entry, "customerAsn", at) ?? Number(entry, "customerAsid", at);
        bool hasList =
            entry.TryGetProperty("providerAsns", out JsonElement list)
            || entry.TryGetProperty("providerSet", out list);
        if (customer is null || !hasList || list.ValueKind != JsonValueKind.Array)
        {
            Refuse(at, "an assertion of an ASPA needs customerAsn and providerAsns");
            return;
        }

        var providers = new List<Asn>();
        foreach (JsonElement one in list.EnumerateArray())
        {
            if (one.ValueKind == JsonValueKind.Number && one.TryGetUInt32(out uint number))
            {
                providers.Add(new Asn(number));
            }
            else
            {
                Refuse(at, "a provider is not an AS number");
            }
        }

        aspaAssertions.Add(
            new Aspa(
                customer.Value,
                [.. providers.Distinct().OrderBy(one => one.Number)],
                Slurm.Anchor
            )
        );
    }

    private void Bgpsec(JsonElement entry, string at, bool isAssertion)
    {
        bool hasSki = entry.TryGetProperty("SKI", out JsonElement ski);
        bool isFine =
            !hasSki
            || (
                ski.ValueKind == JsonValueKind.String
                && SkiText.Read(Encoding.UTF8.GetBytes(ski.GetString()!)) is not null
            );
        if (!isFine || (isAssertion && !hasSki))
        {
            Tell(at, "SKI is not base64 of 20 octets; the entry is left out");
        }
    }

    private IpPrefix? Prefix(JsonElement entry, string at)
    {
        if (!entry.TryGetProperty("prefix", out JsonElement text))
        {
            return null;
        }

        if (text.ValueKind != JsonValueKind.String)
        {
            Refuse(at, "prefix is not text");
            return null;
        }

        if (PrefixText.Read(text.GetString()!, out IpPrefix prefix) is { } reason)
        {
            Refuse(at, $"{VrpRows.Shown(Encoding.UTF8.GetBytes(text.GetString()!))} {reason}");
            return null;
        }

        return prefix;
    }

    private Asn? Number(JsonElement entry, string name, string at)
    {
        if (!entry.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out uint number))
        {
            return new Asn(number);
        }

        Refuse(at, $"{name} is not an AS number; SLURM writes it as a number, without AS");
        return null;
    }

    private void Only(JsonElement part, string at, params string[] names)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty member in part.EnumerateObject())
        {
            if (!names.Contains(member.Name, StringComparer.Ordinal))
            {
                Refuse(
                    at,
                    $"unknown member {VrpRows.Shown(Encoding.UTF8.GetBytes(member.Name))}; known here: {string.Join(", ", names)}"
                );
            }
        }
    }

    private void Refuse(string at, string reason)
    {
        isRefused = true;
        Add(
            at,
            reason,
            "Correct it; nothing of the file is used until then (RFC 8416 section 3.1)"
        );
    }

    private void Tell(string at, string reason) => Add(at, reason, "The rest of the file is used");

    private void Add(string at, string reason, string remedy)
    {
        if (faults.Count < FaultsMax)
        {
            faults.Add(new InputFault(file.Name, at, reason, remedy));
        }
    }
}
