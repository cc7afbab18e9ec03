using System.Text.Json.Serialization;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Initiatives;

/// <summary>Takes a list of another initiative in. Who calls it keeps the octets first.</summary>
/// <param name="List">One of <see cref="ListRead.Lists"/>.</param>
/// <param name="Sha256">Of octets that the store has.</param>
/// <param name="Source">Who keeps the list, and where it was obtained.</param>
/// <param name="Licence">Under which terms it may be used; <c>unknown</c> where nothing is stated.</param>
/// <param name="Marking">Null is sealed: nothing becomes public by forgetting to say so.</param>
public sealed record ImportList(
    string List,
    string Sha256,
    string Name,
    string Source,
    string Licence,
    Instant? ObtainedAt = null,
    Marking? Marking = null
)
{
    private const int NameMax = 200;

    /// <summary>What its rows say. Who calls reads it from the store; null: the octets are not kept here, or the list is none.</summary>
    [JsonIgnore]
    public ListRead? Read { get; init; }

    /// <summary>Null for what names no list and no octets.</summary>
    [JsonIgnore]
    public string? Id =>
        ListRead.Lists.Contains(List)
        && Sha256 is { Length: 64 }
        && Sha256.All(char.IsAsciiHexDigitLower)
            ? ImportedList.IdOf(List, Sha256)
            : null;

    public static Decided<ImportedListEvent> Decide(
        ImportedList? before,
        ImportList command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        return WhyNot(before, command, now) is { } refusal
            ? refusal
            : new ListImported(
                now,
                by.Person,
                command.Id!,
                command.List,
                command.Sha256,
                command.Name,
                command.Source,
                command.Licence,
                command.ObtainedAt,
                command.Read!.Rows,
                command.Read.Faults.Count,
                command.Marking ?? Marking.Sealed
            );
    }

    private static Refusal? WhyNot(ImportedList? before, ImportList command, Instant now) =>
        before is not null ? Refusal.WrongState("this list was taken already, with these octets")
        : command.Name is not { Length: > 0 and <= NameMax }
        || command.Name.AsSpan().IndexOfAny("/\\\0\r\n") >= 0
        || command.Name is "." or ".."
            ? Refusal.Invalid($"the name of a file has 1 to {NameMax} letters and is no path")
        : !ListRead.Lists.Contains(command.List)
            ? Refusal.Invalid(
                $"there is no list '{command.List}'. {Nearest.Remedy(command.List ?? "", ListRead.Lists)}"
            )
        : Checks.Needed(command.Source, "the source: who keeps the list, and where it was obtained")
            ?? Checks.Needed(command.Licence, "the licence; write unknown where nothing is stated")
            ?? (
                command.ObtainedAt > now ? Refusal.Invalid("it was obtained in the future")
                : command.Read is not { } read
                    ? Refusal.Invalid(
                        "sha256 names octets that were handed in before, by 64 hexadecimal digits in lower case"
                    )
                : read.Rows == 0
                    ? Refusal.Invalid(
                        $"no row can be read in it: {read.Faults.Select(fault => fault.ToString()).FirstOrDefault("it has no rows")}"
                    )
                : null
            );
}

/// <summary>Takes a list out of use. It stays on record with the reason.</summary>
public sealed record SetListAside(string Reason)
{
    public static Decided<ImportedListEvent> Decide(
        ImportedList? before,
        SetListAside command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(by);
        Refusal? no =
            before is null ? Checks.Missing("list of another initiative")
            : before.SetAsideBecause is not null
                ? Refusal.WrongState("the list is set aside already")
            : Checks.Needed(command.Reason, "the reason");
        return no is not null ? no : new ListSetAside(now, by.Person, command.Reason);
    }
}
