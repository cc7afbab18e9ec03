using System.Text;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Tests;

/// <summary>Requests with texts that must not come out again.</summary>
internal static class CanaryPlanting
{
    private static readonly Marking _community = new(Distribution.Community, Tlp.Green);

    /// <param name="position">A text; or whatever a caller tries in its place.</param>
    public static object Depot(
        object? position,
        string name = "a depot",
        Marking? marking = null
    ) =>
        new
        {
            Parent = (string?)null,
            Name = name,
            Fuel = "diesel",
            Area = new Place { Country = "SD" },
            Position = position,
            Origin = Origin.Reported,
            Marking = marking ?? _community,
        };

    public static MissionAsked Mission(ApiSite site, string secret) =>
        new(
            null,
            new
            {
                Purpose = "repair",
                For = "site/s-1",
                Area = new Place { Country = "SD" },
                Site = $"{secret} site",
                Crew = new[] { $"{secret} first", $"{secret} second" },
                Vehicle = $"{secret} vehicle",
                CrewSize = 2,
                Spares = Array.Empty<string>(),
                Since = site.Clock.Now + Duration.FromHours(24),
                Until = site.Clock.Now + Duration.FromHours(48),
                Clearances = new[] { "clearance-1" },
                Organisations = new[] { "relief" },
                SafetyOfficers = new[] { "watch-1" },
                CheckInMinutes = 60,
                GraceMinutes = 30,
            },
            Origin.Reported,
            _community
        );

    public static object Organisation(string secret) =>
        new
        {
            Name = "A new group",
            Class = StakeholderClass.CivilSociety,
            Mandate = "wants to help",
            Contacts = new[]
            {
                new
                {
                    Id = "c-1",
                    Channel = "telephone",
                    For = "duty officer",
                    Address = $"{secret} telephone",
                    Standing = "unverified",
                },
            },
        };

    internal sealed record MissionAsked(
        string? Parent,
        object Terms,
        Origin Origin,
        Marking Marking
    );
}

/// <summary>The octets of a data folder, while a server has it open.</summary>
internal static class CanaryFiles
{
    public static string Raw(string folder) =>
        string.Concat(
            Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                // Held by whoever has the store open, and empty.
                .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal))
                .Select(path =>
                {
                    using var file = new FileStream(
                        path,
                        FileMode.Open,
                        FileAccess.Read,
                        FileShare.ReadWrite | FileShare.Delete
                    );
                    using var octets = new MemoryStream();
                    file.CopyTo(octets);
                    return Encoding.Latin1.GetString(octets.GetBuffer(), 0, (int)octets.Length);
                })
        );
}
