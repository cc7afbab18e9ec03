using System.Text;
using System.Text.Json;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Bgp;

/// <summary>One object of a list: a VRP, an ASPA or a router key, told apart by their members.</summary>
internal ref struct VrpJsonRow
{
    /// <summary>A real customer has a handful of providers; the draft of the profile lets an implementation stop at 4,000 or more.</summary>
    private const int ProvidersMax = 20_000;

    private ReadOnlySpan<byte> prefix;
    private ReadOnlySpan<byte> asnText;
    private ReadOnlySpan<byte> maxLengthText;
    private ReadOnlySpan<byte> customer;
    private ReadOnlySpan<byte> ski;
    private ReadOnlySpan<byte> publicKey;
    private string? trustAnchor;
    private Instant? notBefore;
    private Instant? notAfter;
    private List<Asn>? providers;
    private string? fault;

    /// <param name="reader">At the start of the object; left at its end.</param>
    /// <param name="start">Where in the file the reader's input begins.</param>
    public static void Read(scoped ref Utf8JsonReader reader, VrpRows rows, int start)
    {
        int at = start + (int)reader.TokenStartIndex;
        var row = new VrpJsonRow();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            row.Member(ref reader, rows);
        }

        if (row.fault is not null)
        {
            rows.Fault(at, row.fault);
        }
        else if (!row.customer.IsEmpty || row.providers is not null)
        {
            row.AddAspa(rows, at);
        }
        else if (!row.ski.IsEmpty)
        {
            row.AddRouterKey(rows, at);
        }
        else
        {
            row.AddVrp(rows, at);
        }
    }

    private void Member(scoped ref Utf8JsonReader reader, VrpRows rows)
    {
        if (reader.ValueTextEquals("asn"u8))
        {
            asnText = Value(ref reader);
        }
        else if (reader.ValueTextEquals("prefix"u8))
        {
            prefix = Value(ref reader);
        }
        else if (
            reader.ValueTextEquals("maxLength"u8) || reader.ValueTextEquals("maxPrefixLength"u8)
        )
        {
            maxLengthText = Value(ref reader);
        }
        else if (reader.ValueTextEquals("ta"u8))
        {
            trustAnchor = rows.Anchor(Value(ref reader));
        }
        else if (reader.ValueTextEquals("expires"u8))
        {
            notAfter = VrpTime.Read(Value(ref reader));
        }
        else if (
            reader.ValueTextEquals("customer"u8)
            || reader.ValueTextEquals("customer_asid"u8)
            || reader.ValueTextEquals("customerAsn"u8)
        )
        {
            customer = Value(ref reader);
        }
        else if (reader.ValueTextEquals("providers"u8) || reader.ValueTextEquals("providerAsns"u8))
        {
            Providers(ref reader);
        }
        else if (reader.ValueTextEquals("SKI"u8) || reader.ValueTextEquals("ski"u8))
        {
            ski = Value(ref reader);
        }
        else if (reader.ValueTextEquals("routerPublicKey"u8) || reader.ValueTextEquals("pubkey"u8))
        {
            publicKey = Value(ref reader);
        }
        else if (reader.ValueTextEquals("source"u8))
        {
            Source(ref reader, rows);
        }
        else
        {
            reader.Skip();
        }
    }

    /// <summary>Text or digits of the value; anything else makes the row a fault.</summary>
    private ReadOnlySpan<byte> Value(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.ValueIsEscaped
                    ? Encoding.UTF8.GetBytes(reader.GetString()!)
                    : reader.ValueSpan;
            case JsonTokenType.Number:
                return reader.ValueSpan;
            case JsonTokenType.Null:
                return [];
            default:
                reader.Skip();
                fault ??= "a member that should be text or a number is neither";
                return [];
        }
    }

    private void Providers(scoped ref Utf8JsonReader reader)
    {
        providers = [];
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            fault ??= "the providers are not a list";
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (
                reader.TokenType is JsonTokenType.Number or JsonTokenType.String
                && PrefixText.TryAsn(reader.ValueSpan, out Asn asn)
                && providers.Count < ProvidersMax
            )
            {
                providers.Add(asn);
            }
            else
            {
                fault ??=
                    providers.Count == ProvidersMax
                        ? $"more than {ProvidersMax} providers"
                        : $"a provider is not an AS number: {VrpRows.Shown(reader.ValueSpan)}";
                reader.Skip();
            }
        }
    }

    /// <summary>Routinator's jsonext: the objects that a payload comes from, with trust anchor and validity.</summary>
    private void Source(scoped ref Utf8JsonReader reader, VrpRows rows)
    {
        reader.Read();
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            return;
        }

        int depth = reader.CurrentDepth;
        bool isChain = false;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("tal"u8))
            {
                trustAnchor ??= rows.Anchor(Value(ref reader));
            }
            else if (reader.ValueTextEquals("chainValidity"u8))
            {
                // Of all certificates up to the trust anchor: narrower than that of the object alone.
                isChain = true;
            }
            else if (isChain && reader.ValueTextEquals("notBefore"u8))
            {
                notBefore ??= VrpTime.Read(Value(ref reader));
            }
            else if (isChain && reader.ValueTextEquals("notAfter"u8))
            {
                notAfter ??= VrpTime.Read(Value(ref reader));
                isChain = false;
            }
        }
    }

    private readonly void AddVrp(VrpRows rows, int at)
    {
        uint allowed = 0;
        if (prefix.IsEmpty)
        {
            rows.Fault(at, "the row has no prefix");
        }
        else if (!PrefixText.TryAsn(asnText, out Asn asn))
        {
            rows.Fault(
                at,
                asnText.IsEmpty
                    ? "the row has no AS number"
                    : $"'{VrpRows.Shown(asnText)}' is not an AS number such as AS64500"
            );
        }
        else if (!maxLengthText.IsEmpty && !PrefixText.TryNumber(maxLengthText, out allowed))
        {
            rows.Fault(at, $"'{VrpRows.Shown(maxLengthText)}' is not a maximum length");
        }
        else
        {
            rows.Add(
                prefix,
                asn,
                maxLengthText.IsEmpty ? null : allowed,
                trustAnchor,
                notBefore,
                notAfter,
                at
            );
        }
    }

    private readonly void AddAspa(VrpRows rows, int at)
    {
        if (!PrefixText.TryAsn(customer, out Asn asn) || asn.Number == 0)
        {
            rows.Fault(at, $"'{VrpRows.Shown(customer)}' is not the AS number of a customer");
        }
        else if (providers is not { Count: > 0 })
        {
            rows.Fault(at, $"the ASPA of {asn} lists no provider; one without providers lists AS0");
        }
        else if (providers.Contains(asn))
        {
            rows.Fault(at, $"the ASPA of {asn} lists the customer as its own provider");
        }
        else
        {
            rows.Add(
                new Aspa(asn, [.. providers.Distinct().OrderBy(one => one.Number)], trustAnchor)
                {
                    NotAfter = notAfter,
                }
            );
        }
    }

    private readonly void AddRouterKey(VrpRows rows, int at)
    {
        if (!PrefixText.TryAsn(asnText, out Asn asn))
        {
            rows.Fault(at, $"'{VrpRows.Shown(asnText)}' is not the AS number of a router key");
        }
        else if (SkiText.Read(ski) is not { } identifier)
        {
            rows.Fault(
                at,
                $"'{VrpRows.Shown(ski)}' is not a subject key identifier of 20 octets in hexadecimal or base64"
            );
        }
        else
        {
            rows.Add(new RouterKey(asn, identifier, Encoding.UTF8.GetString(publicKey)));
        }
    }
}
