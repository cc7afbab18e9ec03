using Breakwater.Vocabulary;

namespace Breakwater.Decisions.Fuel;

/// <summary>A site as it lasts least and most long, given what is known and the bounds of what is not.</summary>
internal sealed class PowerRange
{
    public PowerRange(Site site, PowerBounds? bounds)
    {
        double? battery = Sound(site.BatteryHours);
        double? fuel = Sound(site.FuelLitres);
        double? burn = Sound(site.BurnLitresPerHour);
        BurnLow = burn ?? Sound(bounds?.BurnLitresPerHour?.Low);
        BurnHigh = burn ?? Sound(bounds?.BurnLitresPerHour?.High);
        double? batteryLow = battery ?? Sound(bounds?.BatteryHours?.Low);
        double? fuelLow = fuel ?? Sound(bounds?.FuelLitres?.Low);
        IsLeastKnown =
            batteryLow is not null && fuelLow is not null && (fuelLow == 0 || BurnHigh > 0);
        Known = site with { BatteryHours = battery, FuelLitres = fuel, BurnLitresPerHour = burn };
        Least = site with
        {
            BatteryHours = batteryLow ?? 0,
            FuelLitres = BurnHigh > 0 ? fuelLow ?? 0 : 0,
            BurnLitresPerHour = BurnHigh,
        };
        Most = site with
        {
            BatteryHours = battery ?? Sound(bounds?.BatteryHours?.High),
            FuelLitres = fuel ?? Sound(bounds?.FuelLitres?.High),
            BurnLitresPerHour = BurnLow,
        };
    }

    public double? BurnLow { get; }

    public double? BurnHigh { get; }

    /// <summary>False when a term of the least is unknown and stands at nothing only so that the rest can be summed.</summary>
    public bool IsLeastKnown { get; }

    /// <summary>What the record says, without bounds.</summary>
    public Site Known { get; }

    public Site Least { get; }

    public Site Most { get; }

    /// <summary>A term that is no number of hours or litres is unknown.</summary>
    private static double? Sound(double? term) =>
        term is { } value && double.IsFinite(value) && value >= 0 ? value : null;
}
