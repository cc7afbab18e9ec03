using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Continuity;

/// <summary>What must hold before anything is entered in a case.</summary>
internal static class ContinuityRules
{
    public static Refusal? Open(ContinuityCase? state, Participant by, Instant now) =>
        state is null ? Checks.Missing("case")
        : state.Ending is { } ending
            ? Refusal.WrongState($"the case is closed as {Checks.Word(ending)}; open another")
        : Checks.Order(state.ChangedAt, now)
            ?? (
                by.Organisation is null
                    ? Refusal.NotAllowed("only a member of an organisation can do this")
                    : null
            );

    public static Refusal? Room(int count, string what) =>
        count < ContinuityCase.ListMax
            ? null
            : Refusal.TooMuch($"a case has at most {ContinuityCase.ListMax} {what}");

    public static Refusal? New(bool isTaken, string what) =>
        isTaken ? Refusal.WrongState($"there is {what} with this id already") : null;

    /// <summary>A name, a number or a function of their registries: nothing that lies in an area.</summary>
    public static Refusal? Resource(Place? place) =>
        place is { Country: null, Area: null }
        && (place.IsCoreResource || place.Asn is not null || place.Prefix is not null)
            ? Wanting.Name("the core resource", place.Key)
            : Refusal.Invalid(
                "name a core resource: rir:name, iana:name, dns:name, .tld, a network or a prefix; a case has no area"
            );

    public static Refusal? Users(CountRange? users, string? source) =>
        Wanting.Text("where the count of users comes from, or why there is none", source)
        ?? (
            users is { } count && (count.Low < 0 || count.High < count.Low)
                ? Refusal.Invalid(
                    "the count of users is from a lower to a higher number, both from 0"
                )
                : null
        );

    public static Refusal? Functions(Place of, IReadOnlyList<Place>? functions) =>
        Wanting.List("the functions", functions)
        ?? functions!
            .Select(one =>
                Resource(one)
                ?? (
                    of.Function is null || one.IsWithin(of)
                        ? null
                        : Refusal.Invalid($"{one} is no part of {of}")
                )
            )
            .FirstOrDefault(no => no is not null)
        ?? (
            functions!.Distinct().Count() < functions!.Count
                ? Refusal.Invalid("a function stands twice")
                : null
        );
}
