using System.Text.Json;
using NodaTime;

namespace Breakwater.Vocabulary;

/// <summary>Why something that a person sent cannot be taken as it is; null when it can.</summary>
public static class Checks
{
    public const int TextLengthMax = 4_000;
    public const int IdLengthMax = 200;
    public const int ListMax = 1_000;

    /// <summary>Author of what happens because time passes.</summary>
    public const string Time = "time";

    public static Refusal? Text(string? text, string what) =>
        text is null ? Refusal.Invalid($"{what} is missing")
        : text.Length > TextLengthMax
            ? Refusal.Invalid($"{what} is longer than {TextLengthMax} characters")
        : null;

    public static Refusal? Needed(string? text, string what) =>
        string.IsNullOrWhiteSpace(text) ? Refusal.Invalid($"{what} is missing") : Text(text, what);

    public static Refusal? Id(string? id, string what) =>
        string.IsNullOrWhiteSpace(id) ? Refusal.Invalid($"{what} is missing")
        : id.Length > IdLengthMax
            ? Refusal.Invalid($"{what} is longer than {IdLengthMax} characters")
        : null;

    public static Refusal? List<T>(IReadOnlyList<T>? items, string what) =>
        items is null ? Refusal.Invalid($"{what} are missing")
        : items.Count > ListMax ? Refusal.Invalid($"more than {ListMax} {what}")
        : items.Any(item => item is null) ? Refusal.Invalid($"one of the {what} is empty")
        : null;

    public static Refusal? Texts(IReadOnlyList<string>? texts, string what) =>
        List(texts, what)
        ?? texts!
            .Select(text => Needed(text, $"one of the {what}"))
            .FirstOrDefault(no => no is not null);

    public static Refusal? Known<T>(T value, string what)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? null : Refusal.Invalid($"there is no such {what}");

    /// <summary>Acts of one subject stand in the order of their times, whatever clocks say.</summary>
    public static Refusal? Order(Instant before, Instant now) =>
        now < before ? Refusal.WrongState("the step lies before the one it follows") : null;

    /// <summary>The value's one word, as in JSON.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static Refusal Missing(string what) => Refusal.WrongState($"there is no such {what}");
}
