namespace Breakwater.Signals.Events;

/// <summary>What a row says, in the words of its list: kind, cause, who, how it is worded.</summary>
internal static class EventClaims
{
    /// <summary>
    /// The kind claimed. A block of single services takes no connection away, so it is no shutdown; a cause that names a kind
    /// of the glossary is that kind.
    /// </summary>
    public static string What(EventRow row)
    {
        string extent = row[EventField.Extent] ?? "";
        string type = row[EventField.Type] ?? "";
        if (
            extent.Contains("service-based", StringComparison.OrdinalIgnoreCase)
            && !extent.Contains("full", StringComparison.OrdinalIgnoreCase)
        )
        {
            return "service-blocking";
        }

        if (
            type.Contains("shutdown", StringComparison.OrdinalIgnoreCase)
            || (type.Length == 0 && extent.Length > 0)
        )
        {
            return "shutdown";
        }

        return type.StartsWith("throttl", StringComparison.OrdinalIgnoreCase)
            ? "throttling"
            : row[EventField.Cause]?.ToLowerInvariant() switch
            {
                "government-ordered" or "exams" or "exam" => "shutdown",
                "cable-cut" or "cable cut" => "cable-cut",
                "power-outage" or "power outage" => "power-loss",
                "route-leak" => "leak",
                "hijack" => "hijack",
                _ => "outage",
            };
    }

    public static string? Cause(EventRow row) =>
        row[EventField.Cause] is not { } cause
        || cause.Equals("Unknown", StringComparison.OrdinalIgnoreCase)
            ? null
        : row[EventField.CauseDetails] is { } details ? Wording.Shorten($"{cause}: {details}", 200)
        : Wording.Shorten(cause, 200);

    public static string Source(EventRow row, string list) =>
        row[EventField.Reference] is not { } reference
            ? list
            : $"{list}, {Wording.Shorten(reference.Split(';', '\n')[0], 200)}";

    /// <summary>What a person reads of the row: each part with the name of its column where that is not plain.</summary>
    public static string InWords(EventRow row, string? start, string? end)
    {
        string?[] parts =
        [
            row.Short(EventField.Type) ?? row.Short(EventField.Scope),
            row.Short(EventField.Extent),
            row.Short(EventField.Network),
            row.Short(EventField.Area),
            Named("country", row.Short(EventField.Country)),
            Named("ordered by", row.Short(EventField.OrderedBy)),
            Named("decided by", row.Short(EventField.DecisionMaker)),
            Named("justified with", row.Short(EventField.Justification)),
            Named("operators", row.Short(EventField.Operators, 80)),
            Named("status", row.Short(EventField.Status)),
            Named("cause", row.Short(EventField.Cause)),
            Named("confirmation", row.Short(EventField.Confirmation)),
            Seen(row),
            Named("notes", row.Short(EventField.Notes)),
            start,
            end,
        ];
        return Wording.Shorten(string.Join("; ", parts.Where(part => part is not null)), 900);
    }

    private static string? Named(string name, string? text) =>
        text is null ? null : $"{name} {text}";

    private static string? Seen(EventRow row)
    {
        string[] seen =
        [
            .. new[]
            {
                ("routing", EventField.SeenInRouting),
                ("probing", EventField.SeenInProbing),
                ("telescope", EventField.SeenInTelescope),
            }
                .Where(item => row[item.Item2] is not null)
                .Select(item => $"{item.Item1} {Flag(row[item.Item2]!)}"),
        ];
        return seen.Length == 0 ? null : $"seen by people in: {string.Join(", ", seen)}";
    }

    /// <summary>"TRUE", "True " and "/ture" are the same hand.</summary>
    private static string Flag(string cell) =>
        cell.Trim(' ', '/').ToLowerInvariant() switch
        {
            "true" or "ture" or "yes" => "yes",
            "false" or "no" => "no",
            _ => "not said",
        };
}
