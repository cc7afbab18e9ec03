using Breakwater.App.Limiting;

namespace Breakwater.App.Accounts;

/// <summary>What one origin may do at the doors of accounts.</summary>
internal sealed class Crowds(AccountSettings settings)
{
    public Floods SignIns { get; } =
        new(settings.Clock, settings.Limits.SignIns, TimeSpan.FromMinutes(5));

    public Floods Registrations { get; } =
        new(settings.Clock, settings.Limits.Registrations, TimeSpan.FromHours(1));
}
