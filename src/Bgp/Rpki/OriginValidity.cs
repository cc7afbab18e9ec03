namespace Breakwater.Bgp;

/// <summary>States of origin validation (RFC 6811 section 2). Unknown is ours: nothing was there to judge with.</summary>
public enum RouteValidity : byte
{
    /// <summary>No usable VRPs: none given, none in the set, or too old. Never to be read as <see cref="NotFound"/>.</summary>
    Unknown,

    /// <summary>VRPs are there and none covers the route.</summary>
    NotFound,

    /// <summary>A covering VRP names the origin and allows the length.</summary>
    Valid,

    /// <summary>Covered, and no VRP matches.</summary>
    Invalid,
}

/// <summary>Why a route is in its state.</summary>
public enum ValidityReason : byte
{
    /// <summary>Unknown: no VRP set was given.</summary>
    NoVrps,

    /// <summary>Unknown: the set holds no VRP, which is a fault of the feed and no statement about routes.</summary>
    EmptyVrps,

    /// <summary>Unknown: the set is older than the caller accepts.</summary>
    StaleVrps,

    /// <summary>Not found: no VRP covers the prefix.</summary>
    NotCovered,

    /// <summary>Valid: a VRP matches.</summary>
    Matched,

    /// <summary>Invalid: no covering VRP names the origin.</summary>
    InvalidAs,

    /// <summary>Invalid: a covering VRP names the origin and does not allow a prefix this long.</summary>
    InvalidLength,

    /// <summary>Invalid: all covering VRPs name AS 0, so nobody may originate the prefix (RFC 6483 section 4).</summary>
    As0,

    /// <summary>Invalid: covered, and the path ends in a set or is empty, so that it has no origin (RFC 6811 section 2, RFC 6907 section 7.1).</summary>
    NoOrigin,
}

/// <summary>What origin validation says of one route.</summary>
public readonly record struct OriginValidity(RouteValidity State, ValidityReason Reason)
{
    public static OriginValidity NoVrps => new(RouteValidity.Unknown, ValidityReason.NoVrps);

    /// <summary><c>valid</c>, <c>invalid</c>, <c>not-found</c> or <c>unknown</c>.</summary>
    public string StateWord =>
        State switch
        {
            RouteValidity.Valid => "valid",
            RouteValidity.Invalid => "invalid",
            RouteValidity.NotFound => "not-found",
            _ => "unknown",
        };

    /// <summary><c>invalid_as</c>, <c>invalid_length</c>, <c>as0</c> and so on.</summary>
    public string ReasonWord =>
        Reason switch
        {
            ValidityReason.NotCovered => "not_covered",
            ValidityReason.Matched => "matched",
            ValidityReason.InvalidAs => "invalid_as",
            ValidityReason.InvalidLength => "invalid_length",
            ValidityReason.As0 => "as0",
            ValidityReason.NoOrigin => "no_origin",
            ValidityReason.EmptyVrps => "empty_vrps",
            ValidityReason.StaleVrps => "stale_vrps",
            _ => "no_vrps",
        };

    /// <summary>State and reason in one: <c>invalid: invalid_as</c>, <c>unknown: no VRPs</c>.</summary>
    public override string ToString() =>
        Reason == ValidityReason.NoVrps ? "unknown: no VRPs" : $"{StateWord}: {ReasonWord}";
}
