using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Preparedness.Resilience.Loading;

/// <summary>Takes a file of indicator values in. Who calls it keeps the octets first.</summary>
/// <param name="Sha256">Of octets that the store has.</param>
/// <param name="Marking">Null is sealed: nothing becomes public by forgetting to say so.</param>
public sealed record TakeIndicatorFile(
    string Id,
    string Sha256,
    string Name,
    Marking? Marking = null
)
{
    private const int NameMax = 200;

    /// <summary>What can be read of the octets. Who calls reads it from the store; null: they are not kept here.</summary>
    [JsonIgnore]
    public ValuesRead? Read { get; init; }

    public static Decided<IndicatorFileEvent> Decide(
        IndicatorFile? before,
        TakeIndicatorFile command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return WhyNot(before, command) is { } refusal
            ? refusal
            : new IndicatorFileTaken(
                now,
                by.Person,
                command.Id,
                command.Sha256,
                command.Name,
                command.Read!.Values.Count,
                command.Read.Faults.Count + command.Read.Omitted,
                command.Marking ?? Marking.Sealed
            );
    }

    private static Refusal? WhyNot(IndicatorFile? before, TakeIndicatorFile command) =>
        before is not null ? Refusal.WrongState("this file was taken already")
        : command.Name is not { Length: > 0 and <= NameMax }
        || command.Name.AsSpan().IndexOfAny("/\\\0\r\n") >= 0
        || command.Name is "." or ".."
            ? Refusal.Invalid($"the name of a file has 1 to {NameMax} letters and is no path")
        : command.Read is not { } read
            ? Refusal.Invalid(
                "sha256 names octets that were handed in before, by 64 hexadecimal digits in lower case"
            )
        : read.Values.Count == 0
            ? Refusal.Invalid(
                $"no value can be read in it: {read.Faults.Select(fault => fault.ToString()).FirstOrDefault("it has no rows")}"
            )
        : null;
}

/// <summary>Takes a file out of use. It stays on record with the reason.</summary>
public sealed record SetIndicatorFileAside(string Reason)
{
    public static Decided<IndicatorFileEvent> Decide(
        IndicatorFile? before,
        SetIndicatorFileAside command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            before is null ? Checks.Missing("file of indicator values")
            : before.SetAsideBecause is not null
                ? Refusal.WrongState("the file is set aside already")
            : Checks.Needed(command.Reason, "the reason");
        return no is not null ? no : new IndicatorFileSetAside(now, by.Person, command.Reason);
    }
}
