using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Answers;

/// <summary>Reads a list of things that somebody states: <c>{"claims": [...]}</c>, <c>{"context": [...]}</c>. What cannot be used is a fault, and the rest is read.</summary>
internal static class StatedItems
{
    public const int Max = 100_000;

    private const int FaultMax = 100;

    /// <param name="list">The member that holds them.</param>
    /// <param name="plural">What they are called.</param>
    /// <param name="one">From an item and its path, the signal or why there is none.</param>
    public static (List<Signal> Signals, IReadOnlyList<InputFault> Faults) Read(
        SourceFile file,
        string list,
        string plural,
        Func<JsonInput, JsonElement, string, (Signal? Signal, string? Reason)> one
    )
    {
        var faults = new FaultList(file.Name, FaultMax);
        List<Signal> signals = [];
        if (JsonInput.Read(file, faults) is not { } input)
        {
            return (signals, faults.ToList());
        }

        if (input.Root.Member(list) is not { ValueKind: JsonValueKind.Array } items)
        {
            faults.Add(
                "line 1",
                $"member '{list}' is missing",
                $"A file of {plural} is {{\"{list}\": [...]}}"
            );
            return (signals, faults.ToList());
        }

        foreach ((int index, JsonElement item) in items.EnumerateArray().Index())
        {
            string path = $"{list}[{index}]";
            if (index >= Max)
            {
                faults.Add(input.At(item, path), $"more than {Max} {plural}", "Split the file");
                break;
            }

            (Signal? signal, string? reason) = one(input, item, path);
            if (signal is null)
            {
                faults.Add(input.At(item, path), reason!, "It is left out");
            }
            else
            {
                signals.Add(signal);
            }
        }

        return (signals, faults.ToList());
    }
}
