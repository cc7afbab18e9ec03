using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.Signals.Initiatives;

/// <summary>Others who keep lists about lost connections, and with whom Breakwater gives and takes.</summary>
public enum Initiative
{
    /// <summary>Emergency Telecommunications Cluster.</summary>
    Etc,

    /// <summary>Disaster Connectivity Maps of the International Telecommunication Union.</summary>
    ItuDcm,

    /// <summary>The KeepItOn coalition.</summary>
    Keepiton,

    /// <summary>Freedom Online Coalition.</summary>
    Foc,

    /// <summary>Humanitarian notification of the United Nations.</summary>
    Ocha,

    /// <summary>Pulse of the Internet Society.</summary>
    Pulse,
}

/// <param name="Theirs">The heading of the column.</param>
/// <param name="Ours">What stands in it, by our word.</param>
/// <param name="Hxl">Its tag of the Humanitarian Exchange Language; null where the list has none.</param>
public sealed record MappedColumn(string Theirs, string Ours, string? Hxl, string? Note);

/// <param name="Direction"><c>in</c> or <c>out</c>.</param>
public sealed record MappedDocument(
    string Id,
    string Initiative,
    string Direction,
    string File,
    string About,
    IReadOnlyList<MappedColumn> Columns
);

/// <summary>Which of our words stands in which column of theirs: data beside this file, versioned.</summary>
public static class InitiativeMapping
{
    private static readonly Lazy<Table> _table = new(Read);

    public static string Version => _table.Value.Version;

    public static IReadOnlyList<MappedDocument> Documents => _table.Value.Documents;

    public static MappedDocument Of(string id) => Documents.First(one => one.Id == id);

    public static string Word(Initiative initiative) => Checks.Word(initiative);

    /// <summary>The name of the service catalogue for a class of connection.</summary>
    public static string NameOf(Service service) => _table.Value.Services[Checks.Word(service)];

    /// <summary>The lowest class of that name; null for one that is not in the table.</summary>
    public static Service? ServiceOf(string name) =>
        Enum.GetValues<Service>()
            .Cast<Service?>()
            .FirstOrDefault(service =>
                NameOf(service!.Value).Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)
            );

    private static Table Read()
    {
        using Stream stream = typeof(InitiativeMapping).Assembly.GetManifestResourceStream(
            "Breakwater.Signals.Initiatives.mappings.json"
        )!;
        return JsonSerializer.Deserialize<Table>(stream, Json.Compact)!;
    }

    private sealed record Table(
        string Version,
        IReadOnlyDictionary<string, string> Services,
        IReadOnlyList<MappedDocument> Documents
    );
}
