using NodaTime;

namespace Breakwater.App.Pages;

/// <summary>A report that was taken back, in one language: what readers are told in its place. Nothing of its text is in it.</summary>
/// <param name="Publication">Id of the report.</param>
internal sealed record Withdrawn(
    string Publication,
    string Subject,
    string Language,
    string Title,
    Instant AsOf,
    string Reason,
    Instant At
)
{
    public const string Kind = "withdrawal";

    /// <summary>It follows from the report, so that no search is needed to know whether that one stands.</summary>
    public static string IdOf(string publication) => $"{Kind}:{publication}";
}

/// <summary>A report in whose place another one was released.</summary>
/// <param name="By">Id of that one, in the same language.</param>
internal sealed record Replaced(string Publication, string By, string Why, Instant At)
{
    public const string Kind = "correction";

    public static string IdOf(string publication) => $"{Kind}:{publication}";
}
