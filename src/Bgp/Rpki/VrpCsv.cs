using Breakwater.Vocabulary;

namespace Breakwater.Bgp;

/// <summary>
/// CSV of validators: <c>ASN,IP Prefix,Max Length,Trust Anchor</c> (Routinator, rpki-client with <c>Expires</c>, RIPE NCC),
/// the same quoted, <c>ASN,Prefix,Max prefix length</c> (FORT), and the archive's
/// <c>URI,ASN,IP Prefix,Max Length,Not Before,Not After</c>. Columns are found by their names; a file without a heading is
/// taken to have the first four.
/// </summary>
internal static class VrpCsv
{
    private const int FieldsMax = 16;

    private enum Column
    {
        Other,
        Asn,
        Prefix,
        MaxLength,
        TrustAnchor,
        NotBefore,
        NotAfter,
    }

    public static void Read(ReadOnlySpan<byte> octets, VrpRows rows)
    {
        Column[]? columns = null;
        Span<Range> fields = stackalloc Range[FieldsMax];
        int at = 0;
        while (at < octets.Length)
        {
            int end = octets[at..].IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? octets[at..] : octets.Slice(at, end)).TrimEnd(
                (byte)'\r'
            );
            if (line.IndexOfAnyExcept((byte)' ', (byte)'\t') >= 0 && line[0] != '#')
            {
                int count = Split(line, fields);
                if (columns is null)
                {
                    columns = Heading(line, fields[..count]);
                    if (columns is null && !LooksLikeRow(line, fields[..count]))
                    {
                        rows.Fault(
                            at,
                            $"neither JSON nor CSV with the columns ASN and IP Prefix: {VrpRows.Shown(line)}",
                            "Export the VRPs as json or csv"
                        );
                        return;
                    }

                    bool isHeading = columns is not null;
                    columns ??= [Column.Asn, Column.Prefix, Column.MaxLength, Column.TrustAnchor];
                    if (!isHeading)
                    {
                        ReadRow(line, fields[..count], columns, rows, at);
                    }
                }
                else
                {
                    ReadRow(line, fields[..count], columns, rows, at);
                }
            }

            at = end < 0 ? octets.Length : at + end + 1;
        }
    }

    private static void ReadRow(
        ReadOnlySpan<byte> line,
        ReadOnlySpan<Range> fields,
        Column[] columns,
        VrpRows rows,
        int at
    )
    {
        ReadOnlySpan<byte> asnText = [];
        ReadOnlySpan<byte> prefix = [];
        ReadOnlySpan<byte> maxLength = [];
        ReadOnlySpan<byte> anchor = [];
        ReadOnlySpan<byte> notBefore = [];
        ReadOnlySpan<byte> notAfter = [];
        for (int index = 0; index < Math.Min(fields.Length, columns.Length); index++)
        {
            ReadOnlySpan<byte> field = Field(line, fields[index]);
            switch (columns[index])
            {
                case Column.Asn:
                    asnText = field;
                    break;
                case Column.Prefix:
                    prefix = field;
                    break;
                case Column.MaxLength:
                    maxLength = field;
                    break;
                case Column.TrustAnchor:
                    anchor = field;
                    break;
                case Column.NotBefore:
                    notBefore = field;
                    break;
                case Column.NotAfter:
                    notAfter = field;
                    break;
                case Column.Other:
                default:
                    break;
            }
        }

        uint allowed = 0;
        if (prefix.IsEmpty && asnText.IsEmpty)
        {
            rows.Fault(at, $"the row has neither AS number nor prefix: {VrpRows.Shown(line)}");
        }
        else if (!PrefixText.TryAsn(asnText, out Asn asn))
        {
            rows.Fault(at, $"'{VrpRows.Shown(asnText)}' is not an AS number such as AS64500");
        }
        else if (!maxLength.IsEmpty && !PrefixText.TryNumber(maxLength, out allowed))
        {
            rows.Fault(at, $"'{VrpRows.Shown(maxLength)}' is not a maximum length");
        }
        else
        {
            rows.Add(
                prefix,
                asn,
                maxLength.IsEmpty ? null : allowed,
                rows.Anchor(anchor),
                VrpTime.Read(notBefore),
                VrpTime.Read(notAfter),
                at
            );
        }
    }

    private static Column[]? Heading(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields)
    {
        var columns = new Column[fields.Length];
        for (int index = 0; index < fields.Length; index++)
        {
            columns[index] = Name(Field(line, fields[index])) switch
            {
                "asn" or "originas" => Column.Asn,
                "ipprefix" or "prefix" => Column.Prefix,
                "maxlength" or "maxprefixlength" => Column.MaxLength,
                "trustanchor" or "ta" => Column.TrustAnchor,
                "notbefore" => Column.NotBefore,
                "notafter" or "expires" => Column.NotAfter,
                _ => Column.Other,
            };
        }

        return columns.Contains(Column.Asn) && columns.Contains(Column.Prefix) ? columns : null;
    }

    private static bool LooksLikeRow(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields) =>
        fields.Length >= 2
        && PrefixText.TryAsn(Field(line, fields[0]), out _)
        && Field(line, fields[1]).Contains((byte)'/');

    /// <summary>A heading without case, spaces and underscores.</summary>
    private static string Name(ReadOnlySpan<byte> heading) =>
        VrpRows
            .Shown(heading)
            .Replace(" ", "", StringComparison.Ordinal)
            .Replace("_", "", StringComparison.Ordinal)
            .ToLowerInvariant();

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, Range range)
    {
        ReadOnlySpan<byte> field = line[range].Trim(" \t"u8);
        return field is [(byte)'"', .. var inner, (byte)'"'] ? inner.Trim(" \t"u8) : field;
    }

    /// <summary>Splits at commas outside quotation marks; what is past the last column is left out.</summary>
    private static int Split(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        int count = 0;
        int from = 0;
        bool isQuoted = false;
        for (int at = 0; at <= line.Length && count < fields.Length; at++)
        {
            if (at == line.Length || (line[at] == ',' && !isQuoted))
            {
                fields[count++] = from..at;
                from = at + 1;
            }
            else if (line[at] == '"')
            {
                isQuoted = !isQuoted;
            }
        }

        return count;
    }
}
