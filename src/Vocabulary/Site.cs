namespace Breakwater.Vocabulary;

/// <summary>A place where network equipment stands, with the power it lives on. Its position is sealed: only its area is kept here.</summary>
/// <param name="BatteryHours">Hours on battery at present load; null is unknown.</param>
/// <param name="FuelLitres">Litres in the tank; null is unknown, never zero.</param>
/// <param name="BurnLitresPerHour">What the generator burns; null when there is none or it is unknown.</param>
/// <param name="PeopleServed">People who lose service when it goes dark; null is unknown.</param>
public sealed record Site(
    string Id,
    Place Place,
    string? Network,
    double? BatteryHours,
    double? FuelLitres,
    double? BurnLitresPerHour,
    CountRange? PeopleServed,
    string Source,
    Origin Origin,
    Marking Marking
);
