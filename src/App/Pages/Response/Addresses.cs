using Breakwater.App.Subjects;

namespace Breakwater.App.Pages.Response;

/// <summary>Where pages of subjects stand.</summary>
internal static class Addresses
{
    /// <summary>Words that other pages have.</summary>
    private static readonly HashSet<string> _taken = new(StringComparer.Ordinal)
    {
        "account",
        "api",
        "disruptions",
        "explain",
        "gaps",
        "health",
        "norms",
        "openapi",
        "plans",
        "reports",
    };

    public static string Of(SubjectKind kind) =>
        _taken.Contains(kind.Plural) ? $"/subjects/{kind.Plural}" : $"/{kind.Plural}";

    public static string Of(SubjectKind kind, string id) =>
        $"{Of(kind)}/{Uri.EscapeDataString(id)}";

    /// <param name="id">Null for a command that begins a subject.</param>
    public static string Of(SubjectKind kind, CommandKind command, string? id) =>
        id is null
            ? $"/act/{kind.Plural}/{command.Name}"
            : $"/act/{kind.Plural}/{Uri.EscapeDataString(id)}/{command.Name}";
}
