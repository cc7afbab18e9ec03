using Breakwater.Preparedness.Consultations.Grouping;
using NodaTime;

namespace Breakwater.Preparedness.Consultations;

/// <summary>Where one input went.</summary>
/// <param name="CopyOf">The first input of its wording, whose way it goes; null for one that begins a wording.</param>
/// <param name="Paragraphs">Ids of the paragraphs that it is in.</param>
/// <param name="Reason">Why it is in none; null when it is in one, and when nobody has said yet.</param>
public sealed record InputTrace(
    string Input,
    string? CopyOf,
    IReadOnlyList<string> Paragraphs,
    string? Reason
)
{
    /// <summary>True when it went nowhere and nobody has said why.</summary>
    public bool IsUntraced => Paragraphs.Count == 0 && Reason is null;
}

/// <summary>Where each input went, and where each paragraph comes from (INV-10).</summary>
public sealed record InputTraces(IReadOnlyList<InputTrace> All)
{
    private readonly Dictionary<string, InputTrace> _byInput = All.ToDictionary(
        trace => trace.Input,
        StringComparer.Ordinal
    );

    public IReadOnlyList<InputTrace> Untraced => [.. All.Where(trace => trace.IsUntraced)];

    public InputTrace? Of(string input) => _byInput.GetValueOrDefault(input);

    /// <summary>All inputs behind a paragraph, copies among them.</summary>
    public int Behind(string paragraph) =>
        All.Count(trace => trace.Paragraphs.Contains(paragraph, StringComparer.Ordinal));
}

/// <summary>An input as far as tracing looks at it.</summary>
public sealed record TracedInput(
    string Id,
    Instant ReceivedAt,
    bool IsLate,
    bool IsWithdrawn = false
);

/// <summary>Follows each input to the paragraphs that name it, or to the reason why none does.</summary>
public static class TracesFromInputs
{
    /// <summary>The reason of an input that its author took back.</summary>
    public const string TakenBack = "taken back by whoever sent it";

    public static InputTraces Trace(
        Consultation consultation,
        IReadOnlyList<TracedInput> inputs,
        InputGroups groups
    )
    {
        ArgumentNullException.ThrowIfNull(consultation);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(groups);
        var first = groups
            .Groups.SelectMany(group => group.Copies.Select(copy => (copy.Id, group.First)))
            .ToDictionary(StringComparer.Ordinal);
        // Whoever names a copy means its wording.
        ILookup<string, string> named = consultation
            .Paragraphs.SelectMany(paragraph =>
                paragraph.Inputs.Select(input => (Wording(input), paragraph.Id))
            )
            .Distinct()
            .ToLookup(pair => pair.Item1, pair => pair.Id, StringComparer.Ordinal);
        var aside = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (SetAside reason in consultation.Aside)
        {
            foreach (string input in reason.Inputs)
            {
                aside[Wording(input)] = reason.Reason;
            }
        }

        SetAside[] late = [.. consultation.Aside.Where(reason => reason.IsOfLate)];
        return new InputTraces([
            .. inputs.Select(input =>
            {
                string wording = Wording(input.Id);
                string[] paragraphs = [.. named[wording]];
                return new InputTrace(
                    input.Id,
                    wording == input.Id ? null : wording,
                    paragraphs,
                    paragraphs.Length > 0 ? null
                        : input.IsWithdrawn ? TakenBack
                        : aside.GetValueOrDefault(wording)
                            ?? (
                                input.IsLate
                                    ? late.FirstOrDefault(reason =>
                                        reason.At >= input.ReceivedAt
                                    )?.Reason
                                    : null
                            )
                );
            }),
        ]);

        string Wording(string input) => first.GetValueOrDefault(input, input);
    }
}
