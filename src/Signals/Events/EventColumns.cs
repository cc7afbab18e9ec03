namespace Breakwater.Signals.Events;

/// <summary>What a list of events says in a column, whatever the list calls it.</summary>
internal enum EventField
{
    Id,
    Start,
    StartCertainty,
    End,
    Duration,
    Country,
    CountryAlpha3,
    Scope,
    AreaScope,
    Area,
    Type,
    Extent,
    Network,
    OrderedBy,
    DecisionMaker,
    Cause,
    CauseDetails,
    Justification,
    Status,
    Confirmation,
    Reference,
    Chart,
    SeenInRouting,
    SeenInProbing,
    SeenInTelescope,
    Operators,
    Notes,
}

/// <summary>Which column holds which field. Headers are compared without case, spaces at the ends and marks of order.</summary>
internal sealed class EventColumns
{
    private static readonly (EventField Field, string[] Names)[] _names =
    [
        (EventField.Id, ["id", "event_id", "uuid"]),
        (EventField.Start, ["start_date", "begin time", "start time", "start", "begin", "started"]),
        (EventField.StartCertainty, ["start_date_type"]),
        (EventField.End, ["end_date", "end time", "end", "ended"]),
        (EventField.Duration, ["duration"]),
        (EventField.Country, ["country", "country_name"]),
        (EventField.CountryAlpha3, ["iso3c", "iso3", "iso_alpha3"]),
        (
            EventField.Scope,
            ["scope", "scope (based on granularity at which the outage appears in ioda)"]
        ),
        (EventField.AreaScope, ["geo_scope"]),
        (EventField.Area, ["area_name", "area", "affected_regions", "region name"]),
        (EventField.Type, ["shutdown_type", "type", "kind"]),
        (EventField.Extent, ["shutdown_extent"]),
        (EventField.Network, ["affected_network"]),
        (EventField.OrderedBy, ["ordered_by"]),
        (EventField.DecisionMaker, ["decision_maker"]),
        (EventField.Cause, ["actual_cause", "cause"]),
        (EventField.CauseDetails, ["actual_cause_details"]),
        (EventField.Justification, ["gov_justification"]),
        (EventField.Status, ["shutdown_status", "status"]),
        (EventField.Confirmation, ["confirmation status"]),
        (EventField.Reference, ["info_source_link", "source", "reference", "url", "link"]),
        (EventField.Chart, ["grafana urls", "grafana url"]),
        (EventField.SeenInRouting, ["ioda bgp visible by human"]),
        (EventField.SeenInProbing, ["ioda ap visible by human"]),
        (EventField.SeenInTelescope, ["ioda ibr visible by human"]),
        (EventField.Operators, ["telcos_involved"]),
        (EventField.Notes, ["notes"]),
    ];

    private readonly Dictionary<EventField, int> _columns = [];

    public EventColumns(IReadOnlyList<string> headers)
    {
        string[] plain = [.. headers.Select(Plain)];
        foreach ((EventField field, string[] names) in _names)
        {
            int column = names
                .Select(name => Array.IndexOf(plain, name))
                .FirstOrDefault(at => at >= 0, -1);
            if (column >= 0)
            {
                _columns.Add(field, column);
            }
        }

        // Named by their lists, so that a claim is attributed to who made it; another list is attributed to its file.
        Author =
            Has(EventField.AreaScope) && Has(EventField.Extent) ? "Access Now KeepItOn"
            : plain.Any(header => header.StartsWith("ioda ", StringComparison.Ordinal))
                ? "IODA investigated outages"
            : null;
    }

    /// <summary>Who made the list, or null when its columns do not tell.</summary>
    public string? Author { get; }

    /// <summary>True when there is what makes an event: when and where.</summary>
    public bool HoldEvents =>
        Has(EventField.Start)
        && (Has(EventField.Country) || Has(EventField.CountryAlpha3) || Has(EventField.Scope));

    public bool Has(EventField field) => _columns.ContainsKey(field);

    public int? Of(EventField field) => _columns.TryGetValue(field, out int column) ? column : null;

    private static string Plain(string header) =>
        header.Trim().Trim('\uFEFF', '"').Trim().ToLowerInvariant();
}
