using System.Text.Json;
using Breakwater.Disruptions;
using Breakwater.Disruptions.Matching;
using Breakwater.Records;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Verbs.Matching;

/// <summary>One side of a match, from a file or from the store.</summary>
/// <param name="Watched">Where and when feeds could see; null for a list, which needs none.</param>
/// <param name="Faults">What could not be used. The rest was read.</param>
internal sealed record ListedInput(
    string Name,
    IReadOnlyList<ListedEvent> Events,
    IReadOnlyList<Watched>? Watched,
    IReadOnlyList<Blind> Blind,
    IReadOnlyList<InputFault> Faults
)
{
    /// <summary>What a reader must know of the input as a whole.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What <c>detect --json</c> prints, an array of disruptions, or a list of events as CSV.</summary>
    public static ListedInput Read(string path)
    {
        (SourceFile file, _, IReadOnlyList<InputFault> damage) = Inputs.Open(path);
        ListedInput read = IsJson(file) ? OfJson(file) : OfList(file);
        return read with { Faults = [.. damage, .. read.Faults] };
    }

    /// <summary>The disruptions and signals of the store.</summary>
    public static async Task<ListedInput> Read(IRecords records, CancellationToken cancel)
    {
        List<ListedEvent> events = [];
        List<InputFault> faults = [];
        await foreach (
            Product product in records.Products("disruption", cancel: cancel).ConfigureAwait(false)
        )
        {
            Add(product.Body, "store", product.Id, events, faults);
        }

        List<Watched> watched = [];
        await foreach (
            Product product in records.Products("signal", cancel: cancel).ConfigureAwait(false)
        )
        {
            if (WatchedOf(product.Body) is { } stretch)
            {
                watched.Add(stretch);
            }
        }

        List<Blind> blind = [];
        await foreach (
            Product product in records.Products("blind", cancel: cancel).ConfigureAwait(false)
        )
        {
            blind.AddRange(Item<Blind>(product.Body) is { } stretch ? [stretch] : []);
        }

        return new ListedInput("the store", events, watched, blind, faults);
    }

    private static bool IsJson(SourceFile file) =>
        file.Content.Span.TrimStart("﻿ \r\n\t"u8) is [(byte)'{' or (byte)'[', ..];

    /// <summary>A list needs no feeds: what it names, it could know of.</summary>
    private static ListedInput OfList(SourceFile file)
    {
        SignalsRead read = SignalsFromEvents.Read(file);
        return new ListedInput(
            file.Name,
            [.. read.Signals.OfType<ClaimSignal>().Select(ListedEvent.Of).OfType<ListedEvent>()],
            null,
            [],
            read.Faults
        )
        {
            Notes = read.Notes ?? [],
        };
    }

    private static ListedInput OfJson(SourceFile file)
    {
        using JsonDocument document = Parse(file);
        JsonElement root = document.RootElement;
        bool isDetection = root.ValueKind == JsonValueKind.Object;
        JsonElement disruptions =
            !isDetection ? root
            : root.TryGetProperty("disruptions", out JsonElement listed) ? listed
            : default;
        if (disruptions.ValueKind != JsonValueKind.Array)
        {
            throw Fault.Unreadable([
                new InputFault(
                    file.Name,
                    "",
                    "no array 'disruptions' in it",
                    "Give what 'breakwater detect --json' prints"
                ),
            ]);
        }

        List<ListedEvent> events = [];
        List<InputFault> faults = [];
        int index = 0;
        foreach (JsonElement disruption in disruptions.EnumerateArray())
        {
            Add(disruption, file.Name, $"disruptions[{index++}]", events, faults);
        }

        return new ListedInput(
            file.Name,
            events,
            isDetection && root.TryGetProperty("watched", out JsonElement watched)
                ? Items<Watched>(watched, file.Name, "watched", faults)
                : [],
            isDetection && root.TryGetProperty("blind", out JsonElement blind)
                ? Items<Blind>(blind, file.Name, "blind", faults)
                : [],
            faults
        );
    }

    private static JsonDocument Parse(SourceFile file)
    {
        try
        {
            return JsonDocument.Parse(file.Content);
        }
        catch (JsonException fault)
        {
            throw Fault.Unreadable([
                new InputFault(
                    file.Name,
                    $"line {(fault.LineNumber ?? 0) + 1}",
                    "it is no JSON",
                    "Give what 'breakwater detect --json' prints, or a list of events as CSV"
                ),
            ]);
        }
    }

    /// <summary>Only what matching needs is read, so that a disruption of another version can be matched too.</summary>
    private static void Add(
        JsonElement body,
        string file,
        string at,
        List<ListedEvent> events,
        List<InputFault> faults
    )
    {
        try
        {
            InstantRange onset = Member<InstantRange>(body, "onset")!;
            InstantRange? end = Member<InstantRange?>(body, "end");
            Place place = Member<Place>(body, "place")!;
            string id = Member<string>(body, "id")!;
            events.Add(
                new ListedEvent
                {
                    Id = id,
                    Kind = ListedEvent.KindOf(Member<string>(body, "kind")),
                    Place = place,
                    Network = Member<string?>(body, "network"),
                    Start = onset,
                    End = end,
                    IsLasting = end is null,
                    Confidence = Member<Confidence>(body, "confidence"),
                    RestsOnClaims = RestsOnClaims(body),
                }
            );
        }
        catch (Exception fault)
            when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            faults.Add(
                new InputFault(
                    file,
                    at,
                    "it is no disruption: id, place, onset {earliest, latest} and confidence are needed",
                    "It is left out"
                )
            );
        }
    }

    private static T? Member<T>(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value.Deserialize<T>(Json.Compact)
        : name is "end" or "network" or "kind" ? default
        : throw new KeyNotFoundException(name);

    private static bool RestsOnClaims(JsonElement body) =>
        body.TryGetProperty("sources", out JsonElement sources)
        && sources.ValueKind == JsonValueKind.Array
        && sources.GetArrayLength() > 0
        && sources
            .EnumerateArray()
            .All(source =>
                source.TryGetProperty("family", out JsonElement family)
                && family.ValueEquals("context")
            );

    private static List<T> Items<T>(
        JsonElement array,
        string file,
        string name,
        List<InputFault> faults
    )
        where T : class
    {
        List<T> items = [];
        int index = 0;
        foreach (
            JsonElement item in array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : []
        )
        {
            if (Item<T>(item) is { } read)
            {
                items.Add(read);
            }
            else
            {
                faults.Add(
                    new InputFault(file, $"{name}[{index}]", "it cannot be read", "It is left out")
                );
            }

            index++;
        }

        return items;
    }

    private static T? Item<T>(JsonElement item)
        where T : class
    {
        try
        {
            return item.Deserialize<T>(Json.Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Watched? WatchedOf(JsonElement signal)
    {
        try
        {
            return signal.TryGetProperty("first", out _)
                ? new Watched(
                    Member<Place>(signal, "place")!,
                    Member<string?>(signal, "network"),
                    Member<string>(signal, "source")!,
                    Member<Instant>(signal, "first"),
                    Member<Instant>(signal, "last")
                )
                : null;
        }
        catch (Exception fault)
            when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
