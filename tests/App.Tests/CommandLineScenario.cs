using System.Globalization;
using System.Text;

namespace Breakwater.App.Tests;

/// <summary>A folder of one's own as scenarios/README.md tells to make it, with a small made-up export.</summary>
internal static class CommandLineScenario
{
    public const string Yaml = """
        id: my-scenario
        title: What happened here
        origin: measured
        country: IR
        window: { since: 2026-01-01T00:00:00Z, until: 2026-01-12T00:00:00Z }
        planAt: 2026-01-10T00:00:00Z
        asOf: 2026-01-12T00:00:00Z
        series:
          - file: series.csv
            format: ioda-csv
        populations:
          - place: IR
            low: 1000000
            high: 1100000
            source: a census
        """;

    public const string Offers = """

        stakeholders:
          - { id: satellite-operator, name: a satellite operator, class: private-sector }
        budgetUsd: 5000
        offers:
          - id: terminals
            stakeholder: satellite-operator
            asset: Satellite terminal
            quantity: 5
            peoplePerUnit: 100
            service: web
            usableShare: 0.5
            unitCostUsd: 500
            leadDays: 3
            source: own
        """;

    /// <summary>Eleven days of half-hours: probing and search dark from 8 January 16:30 on, routing up.</summary>
    public static string Csv()
    {
        var csv = new StringBuilder(
            "\"Time (UTC)\",\"Google (Search)\",\"BGP (#Visible /24s)\",\"Active Probing (#/24s Up)\"\n"
        );
        for (int i = 0; i < 11 * 48; i++)
        {
            DateTime at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMinutes(30 * i);
            bool isDark = at >= new DateTime(2026, 1, 8, 16, 30, 0, DateTimeKind.Utc);
            double wave = 90 + (5 * Math.Sin(2 * Math.PI * i / 48));
            csv.Append(
                CultureInfo.InvariantCulture,
                $"\"{at:yyyy-MM-dd HH:mm:ss}\",{(isDark ? 1.5 : wave):0.0},99.8,{(isDark ? 3.4 : wave + 2):0.0}\n"
            );
        }

        return csv.ToString();
    }

    /// <summary>Eleven days of hours for six areas that fall together; the first also dips by half for some hours before.</summary>
    public static string Areas()
    {
        var csv = new StringBuilder("time,area,connectivity\n");
        for (int i = 0; i < 11 * 24; i++)
        {
            DateTime at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(i);
            for (int area = 0; area < 6; area++)
            {
                double keeps =
                    i >= 200 ? 0.02
                    : area == 0 && i is >= 150 and < 154 ? 0.55
                    : 1;
                double wave = 90 + (5 * Math.Sin(2 * Math.PI * i / 24)) + (area * 0.1);
                csv.Append(
                    CultureInfo.InvariantCulture,
                    $"{at:yyyy-MM-ddTHH:mm:ssZ},Area {area},{wave * keeps:0.0}\n"
                );
            }
        }

        return csv.ToString();
    }

    public static string Write(CommandLine line, string yaml, string folder = "mine")
    {
        line.Write(Path.Combine(folder, "series.csv"), Csv());
        line.Write(Path.Combine(folder, "scenario.yaml"), yaml);
        return Path.Combine(line.Folder, folder);
    }
}
