using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Breakwater.Feeds.Archives;

/// <summary>Whether a file holds a table or what changed in it.</summary>
public enum ArchiveContent
{
    Rib,
    Updates,
}

/// <summary>A file that an archive has, or should have.</summary>
/// <param name="Collector">Who heard it.</param>
/// <param name="From">The time in its name. A table is of this moment.</param>
/// <param name="To">Where its updates end; equals <paramref name="From"/> for a table.</param>
/// <param name="Path">Below the root of the archive, with slashes.</param>
public sealed record ArchiveFile(
    string Collector,
    ArchiveContent Content,
    Instant From,
    Instant To,
    string Path
);

/// <summary>How an archive of MRT files names its files and how often it adds one. Times are UTC.</summary>
public sealed partial class ArchiveLayout
{
    private readonly Func<string, ArchiveContent, string, string, string> path;

    private ArchiveLayout(
        string name,
        Duration ribEvery,
        Duration updatesEvery,
        Func<string, ArchiveContent, string, string, string> path
    )
    {
        Name = name;
        RibEvery = ribEvery;
        UpdatesEvery = updatesEvery;
        this.path = path;
    }

    /// <summary>
    /// RouteViews: tables every 2 hours, updates every 15 minutes (routeviews.org/routeviews/index.php/archive). Its first
    /// FRR collector, route-views2, has no folder of its own. Intervals are those of the clock with collectors in use; one
    /// whose daemon was started at another minute is read from a folder.
    /// </summary>
    public static ArchiveLayout RouteViews { get; } =
        new(
            "routeviews",
            Duration.FromHours(2),
            Duration.FromMinutes(15),
            (collector, content, month, time) =>
                (collector == "route-views2" ? "" : collector + "/")
                + $"bgpdata/{month}/"
                + (content == ArchiveContent.Rib ? $"RIBS/rib.{time}" : $"UPDATES/updates.{time}")
                + ".bz2"
        );

    /// <summary>RIPE RIS: tables every 8 hours, updates every 5 minutes (its page on the store of MRT files, 2024).</summary>
    public static ArchiveLayout Ris { get; } =
        new(
            "ris",
            Duration.FromHours(8),
            Duration.FromMinutes(5),
            (collector, content, month, time) =>
                $"{collector}/{month}/{(content == ArchiveContent.Rib ? "bview" : "updates")}.{time}.gz"
        );

    public string Name { get; }

    public Duration RibEvery { get; }

    public Duration UpdatesEvery { get; }

    /// <summary>Null for a name that is not known.</summary>
    public static ArchiveLayout? Of(string name) =>
        name switch
        {
            "routeviews" => RouteViews,
            "ris" => Ris,
            _ => null,
        };

    /// <summary>True for what may stand in a path: letters, digits, dot, dash and underscore, starting with a letter.</summary>
    public static bool IsCollector(string name) => CollectorName().IsMatch(name);

    /// <summary>The file whose interval holds a moment.</summary>
    public ArchiveFile At(string collector, ArchiveContent content, Instant moment)
    {
        Duration every = content == ArchiveContent.Rib ? RibEvery : UpdatesEvery;
        long ticks = moment.ToUnixTimeTicks();
        Instant from = Instant.FromUnixTimeTicks(
            ticks
                - (ticks % every.BclCompatibleTicks + every.BclCompatibleTicks)
                    % every.BclCompatibleTicks
        );
        string month = from.ToString("yyyy'.'MM", CultureInfo.InvariantCulture);
        string time = from.ToString("yyyyMMdd'.'HHmm", CultureInfo.InvariantCulture);
        return new ArchiveFile(
            collector,
            content,
            from,
            content == ArchiveContent.Rib ? from : from + every,
            path(collector, content, month, time)
        );
    }

    /// <summary>Files of updates that may hold something of a window, in order of time.</summary>
    /// <param name="to">Not part of the window.</param>
    public IEnumerable<ArchiveFile> Updates(string collector, Instant from, Instant to)
    {
        for (Instant at = from; at < to; )
        {
            ArchiveFile file = At(collector, ArchiveContent.Updates, at);
            yield return file;
            at = file.To;
        }
    }

    /// <summary>Tables at or before a moment, the latest first.</summary>
    public IEnumerable<ArchiveFile> RibsBefore(string collector, Instant moment, int count) =>
        Enumerable
            .Range(0, count)
            .Select(back => At(collector, ArchiveContent.Rib, moment - RibEvery * back));

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]*([._-][A-Za-z0-9]+)*$")]
    private static partial Regex CollectorName();
}
