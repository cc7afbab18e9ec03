using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Breakwater.Bgp;
using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>
/// One list of registrations, in the form that its content shows: statistics of a registry (<c>delegated-extended</c>),
/// JSON or lines of prefixes of one country, a CSV of AS numbers with their countries, or lines such as
/// <c>AS64500 NAME, CC</c>.
/// </summary>
public sealed record RegistrationFile(
    string Name,
    string Sha256,
    IReadOnlyList<PrefixRegistration> Prefixes,
    IReadOnlyList<AsnRegistration> Asns,
    IReadOnlyList<InputFault> Faults
)
{
    /// <summary>More rows than all registries together have, several times over.</summary>
    public const int RowsMax = 5_000_000;

    private const int FaultsMax = 50;

    private const string Remedy = "Correct the row; it is left out";

    /// <param name="file">Decompressed.</param>
    /// <param name="country">
    /// The country that a plain list of prefixes is of, which such a list does not say itself: the folder that it lies in.
    /// </param>
    public static RegistrationFile Read(SourceFile file, string? country = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        var rows = new Rows(new FaultList(file.Name, FaultsMax), CountryOrNull(country));
        ReadOnlySpan<byte> content = file.Content.Span.TrimStart(" \r\n\t\uFEFF"u8);
        if (content is [(byte)'{', ..])
        {
            rows.ReadJson(file.Content);
        }
        else
        {
            rows.ReadLines(Encoding.UTF8.GetString(content));
        }

        return new RegistrationFile(
            file.Name,
            file.Sha256,
            rows.Prefixes,
            rows.Asns,
            rows.Faults.ToList()
        );
    }

    /// <summary>Two letters, upper case; null for anything else and for ZZ, which stands for unknown.</summary>
    private static string? CountryOrNull(string? text) =>
        text?.Trim() is [var first, var second]
        && char.IsAsciiLetter(first)
        && char.IsAsciiLetter(second)
        && !text.Trim().Equals("ZZ", StringComparison.OrdinalIgnoreCase)
            ? text.Trim().ToUpperInvariant()
            : null;

    private sealed class Rows(FaultList faults, string? country)
    {
        private (int Asn, int Country)? columns;

        public List<PrefixRegistration> Prefixes { get; } = [];

        public List<AsnRegistration> Asns { get; } = [];

        public FaultList Faults { get; } = faults;

        /// <summary><c>{"countryCode": "SE", "prefixes": {"ipv4": [...], "ipv6": [...]}}</c>.</summary>
        public void ReadJson(ReadOnlyMemory<byte> content)
        {
            try
            {
                using JsonDocument document = JsonDocument.Parse(content);
                if (
                    !document.RootElement.TryGetProperty("prefixes", out JsonElement families)
                    || families.ValueKind != JsonValueKind.Object
                )
                {
                    throw new JsonException("no prefixes");
                }

                string? code =
                    document.RootElement.TryGetProperty("countryCode", out JsonElement named)
                    && named.ValueKind == JsonValueKind.String
                        ? CountryOrNull(named.GetString())
                        : country;
                foreach (JsonProperty family in families.EnumerateObject())
                {
                    ReadFamily(family, code);
                }
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                Faults.Add(
                    "line 1",
                    "is not JSON with countryCode and prefixes",
                    "Obtain the list again"
                );
            }
        }

        public void ReadLines(string text)
        {
            int number = 0;
            foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
            {
                number++;
                ReadOnlySpan<char> row = line.Trim();
                if (row.IsEmpty || row[0] is '#' or ';')
                {
                    continue;
                }

                if (Prefixes.Count + Asns.Count >= RowsMax)
                {
                    Faults.Add(At(number), $"more than {RowsMax} rows", "Split the list");
                    return;
                }

                if (ReadLine(row) is { } reason)
                {
                    Faults.Add(At(number), reason, Remedy);
                }
            }
        }

        private void ReadFamily(JsonProperty family, string? code)
        {
            if (family.Value.ValueKind != JsonValueKind.Array)
            {
                return;
            }

            int at = 0;
            foreach (JsonElement element in family.Value.EnumerateArray())
            {
                at++;
                string? reason =
                    element.ValueKind != JsonValueKind.String ? "is not text"
                    : code is null ? "belongs to a list that names no country"
                    : PrefixText.Read(element.GetString()!, out IpPrefix prefix) is { } fault ? fault
                    : Add(prefix, code);
                if (reason is not null)
                {
                    Faults.Add($"prefixes.{family.Name}[{at - 1}]", reason, Remedy);
                }
            }
        }

        private string? Add(IpPrefix prefix, string code)
        {
            Prefixes.Add(new PrefixRegistration(prefix, code));
            return null;
        }

        private string? ReadLine(ReadOnlySpan<char> row)
        {
            // Names of holders may have bars in them, so lists of AS numbers come first.
            if (columns is { } known)
            {
                return Csv(row, known);
            }

            if (row.StartsWith("AS", StringComparison.OrdinalIgnoreCase) && AsLine(row))
            {
                return null;
            }

            if (row.Contains('|'))
            {
                return Delegated(row);
            }

            if (row.Contains(',') && Header(row) is { } found)
            {
                columns = found;
                return null;
            }

            string? reason = PrefixText.Read(row.Length > 60 ? "" : row.ToString(), out IpPrefix prefix);
            return reason is not null ? "is no row of a form that is known here"
                : country is null
                    ? "a prefix without a country: put the list into a folder named after its country"
                : Add(prefix, country);
        }

        /// <summary><c>registry|cc|type|start|value|date|status|...</c> (the format that all five registries publish).</summary>
        private string? Delegated(ReadOnlySpan<char> row)
        {
            Span<Range> cells = stackalloc Range[9];
            int count = row.Split(cells, '|');
            if (count < 7)
            {
                // The summary lines have six fields.
                return row.EndsWith("|summary", StringComparison.Ordinal) ? null : "too few fields";
            }

            ReadOnlySpan<char> type = row[cells[2]];
            if (type is not ("asn" or "ipv4" or "ipv6"))
            {
                // The version line has a serial there.
                return type.IndexOfAnyExceptInRange('0', '9') < 0 ? null : "no known type";
            }

            if (row[cells[6]] is not ("allocated" or "assigned"))
            {
                return null;
            }

            if (CountryOrNull(row[cells[1]].ToString()) is not { } code)
            {
                return row[cells[1]] is "" or "ZZ" ? null : "no country";
            }

            if (
                !ulong.TryParse(
                    row[cells[4]],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out ulong value
                )
            )
            {
                return "no number of addresses";
            }

            return type is "asn"
                ? AsnRow(row[cells[3]], value, code)
                : AddressRow(row[cells[3]], value, type is "ipv6", code);
        }

        private string? AsnRow(ReadOnlySpan<char> start, ulong value, string code)
        {
            if (!Asn.TryParse(start, out Asn first) || value == 0 || first.Number + value - 1 > uint.MaxValue)
            {
                return "no AS numbers";
            }

            Asns.Add(new AsnRegistration(first, new Asn((uint)(first.Number + value - 1)), code));
            return null;
        }

        private string? AddressRow(ReadOnlySpan<char> start, ulong value, bool isV6, string code)
        {
            if (
                !IPAddress.TryParse(start, out IPAddress? address)
                || address.GetAddressBytes() is not { } octets
                || octets.Length != (isV6 ? 16 : 4)
            )
            {
                return "no address";
            }

            if (isV6)
            {
                return value > 128 ? "no length" : Add(IpPrefix.From(octets, (int)value), code);
            }

            ulong from = (ulong)(IpPrefix.From(octets, 32).Bits >> 96);
            if (value == 0 || from + value > 1UL << 32)
            {
                return "no range of addresses";
            }

            // IPv4 blocks are counts, not always a power of two: as few prefixes as make up the range.
            while (value > 0)
            {
                int bits = Math.Min(
                    from == 0 ? 32 : System.Numerics.BitOperations.TrailingZeroCount(from),
                    System.Numerics.BitOperations.Log2(value)
                );
                Add(new IpPrefix((UInt128)from << 96, (byte)(32 - bits), IsV6: false), code);
                from += 1UL << bits;
                value -= 1UL << bits;
            }

            return null;
        }

        /// <summary><c>AS64500   NAME - a holder, CC</c>.</summary>
        private bool AsLine(ReadOnlySpan<char> row)
        {
            int blank = row.IndexOfAny(' ', '\t');
            int comma = row.LastIndexOf(',');
            if (blank < 0 || comma < blank || !Asn.TryParse(row[..blank], out Asn asn))
            {
                return false;
            }

            if (CountryOrNull(row[(comma + 1)..].ToString()) is { } code)
            {
                Asns.Add(new AsnRegistration(asn, asn, code));
            }

            return true;
        }

        private static (int Asn, int Country)? Header(ReadOnlySpan<char> row)
        {
            List<string> names = [.. Cells(row).Select(cell => cell.Trim().ToLowerInvariant())];
            int asn = names.FindIndex(name => name is "asn" or "as_number" or "as" or "as number");
            int code = names.FindIndex(name =>
                name is "country" or "as_country" or "cc" or "country_code" or "countrycode"
            );
            return asn >= 0 && code >= 0 ? (asn, code) : null;
        }

        private string? Csv(ReadOnlySpan<char> row, (int Asn, int Country) at)
        {
            List<string> cells = Cells(row);
            if (cells.Count <= at.Asn || !Asn.TryParse(cells[at.Asn].Trim(), out Asn asn))
            {
                return "no AS number";
            }

            if (cells.Count <= at.Country)
            {
                return "no country: a quote in the row is not closed";
            }

            if (CountryOrNull(cells[at.Country]) is { } code)
            {
                Asns.Add(new AsnRegistration(asn, asn, code));
            }

            return null;
        }

        private static List<string> Cells(ReadOnlySpan<char> row)
        {
            var cells = new List<string>(4);
            var cell = new StringBuilder();
            bool isQuoted = false;
            foreach (char letter in row)
            {
                if (letter == '"')
                {
                    isQuoted = !isQuoted;
                }
                else if (letter == ',' && !isQuoted)
                {
                    cells.Add(cell.ToString());
                    cell.Clear();
                }
                else
                {
                    cell.Append(letter);
                }
            }

            cells.Add(cell.ToString());
            return cells;
        }

        private static string At(int number) =>
            string.Create(CultureInfo.InvariantCulture, $"line {number}");
    }
}
