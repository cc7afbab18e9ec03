using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Membership;

/// <summary>What an input may be at most. Each check gives null, or the refusal that names the member.</summary>
internal static class Limits
{
    public const int TextMax = 4_000;

    public const int NameMax = 200;

    public const int ListMax = 1_000;

    private static readonly Duration _farthest = Duration.FromDays(3_660);

    public static Refusal? Text(string member, string? text, int lengthMax = TextMax) =>
        string.IsNullOrWhiteSpace(text) ? Refusal.Invalid($"{member} is empty")
        : text.Length > lengthMax
            ? Refusal.Invalid($"{member} is longer than {lengthMax} characters")
        : null;

    /// <summary>An id is part of a ledger subject, <c>kind/id</c>: it has no stroke, space or control character.</summary>
    public static Refusal? Id(string member, string? id) =>
        Text(member, id, NameMax)
        ?? (
            id!.Any(letter => letter == '/' || char.IsWhiteSpace(letter) || char.IsControl(letter))
                ? Refusal.Invalid($"{member} has a stroke, a space or a control character")
                : null
        );

    public static Refusal? Box(string member, SealedField? box) =>
        box is null
            ? Refusal.Invalid($"{member} is missing")
            : Text($"the key of {member}", box.Key, NameMax)
                ?? Text($"the box of {member}", box.Box, 4 * TextMax);

    public static Refusal? List<T>(string member, IReadOnlyList<T>? list, int most = ListMax) =>
        list is null ? Refusal.Invalid($"{member} is missing")
        : list.Count > most ? Refusal.TooMuch($"{member} has more than {most} entries")
        : null;

    public static Refusal? Defined<T>(string member, T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? null : Refusal.Invalid($"{member} is none of the known ones");

    /// <summary>Ten years either way: beyond it a clock or a unit is wrong, and sums of times would overflow.</summary>
    public static Refusal? Near(string member, Instant at, Instant now) =>
        at > now + _farthest || at < now - _farthest
            ? Refusal.Invalid($"{member} is more than ten years away")
            : null;
}
