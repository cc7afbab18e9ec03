using System.Text.Json;
using System.Text.Json.Serialization;
using Breakwater.Preparedness.Resilience;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.Resilience;

/// <summary>Values of indicators from files of the command line: CSV, or what <c>core --json</c> prints.</summary>
internal static class ValueInputs
{
    /// <summary>Only what an index needs is read, so that another version of <c>core</c> can be read too.</summary>
    private static readonly JsonSerializerOptions _lenient = new(Json.Compact)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    public static ValuesRead Read(string path, IndicatorSet set)
    {
        (SourceFile file, _, IReadOnlyList<InputFault> damage) = Inputs.Open(path);
        ValuesRead read = file.Content.Span.TrimStart("﻿ \r\n\t"u8) is [(byte)'{', ..]
            ? OfCore(file)
            : ValuesFromCsv.Read(file, set);
        return read with { Faults = [.. damage, .. read.Faults] };
    }

    /// <summary>Top-level domains of countries. The day is that of the zone, not that of the run.</summary>
    private static ValuesRead OfCore(SourceFile file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(file.Content);
            Core? core = document.RootElement.Deserialize<Core>(_lenient);
            if (
                core is not { Resources: not null, Zone: { } zone }
                || (zone.MadeAt ?? zone.JudgedAt) is not { } at
            )
            {
                return No(file, "", "it holds no resources of a zone with their day");
            }

            return new ValuesRead(
                [
                    .. core.Resources.SelectMany(domain =>
                        Of(
                            domain,
                            at.InUtc().Date,
                            $"breakwater core, zone {zone.File} {zone.Serial}"
                        )
                    ),
                ],
                []
            );
        }
        catch (JsonException fault)
        {
            return No(
                file,
                $"line {(fault.LineNumber ?? 0) + 1}",
                $"it is no JSON of core: {fault.Path}"
            );
        }
    }

    private static IEnumerable<IndicatorValue> Of(Domain domain, LocalDate date, string source)
    {
        // The United Kingdom's domain is the one that is not the code of its country.
        string code =
            domain.Place?.Tld?.ToUpperInvariant() is { } tld && tld == "UK"
                ? "GB"
                : domain.Place?.Tld?.ToUpperInvariant() ?? "";
        return domain.IsCountryCode && Countries.IsCode(code)
            ? CountedValues.FromTopLevelDomain(
                code,
                domain is { Origins: { } origins, AddressesOfUnknownRoute: 0 }
                    ? origins.Count
                    : null,
                domain.Countries,
                domain.Signers is { Count: > 0 },
                date,
                source
            )
            : [];
    }

    private static ValuesRead No(SourceFile file, string at, string reason) =>
        new(
            [],
            [
                new InputFault(
                    file.Name,
                    at,
                    reason,
                    "Give a CSV with country,indicator,value,low,high,date,source,licence,origin, or what 'breakwater core --json' prints"
                ),
            ]
        );

    private sealed record Core(Zone? Zone, IReadOnlyList<Domain>? Resources);

    private sealed record Zone(string? File, long? Serial, Instant? MadeAt, Instant? JudgedAt);

    private sealed record Domain(
        Place? Place,
        bool IsCountryCode,
        IReadOnlyList<JsonElement>? Origins,
        int AddressesOfUnknownRoute,
        IReadOnlyList<string>? Countries,
        IReadOnlyList<JsonElement>? Signers
    );
}
