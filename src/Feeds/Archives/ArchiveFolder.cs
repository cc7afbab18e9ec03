using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Feeds.Archives;

/// <summary>A file of a folder, with the time it starts at.</summary>
/// <param name="Collector">From the path; the name of the folder when the path does not say.</param>
/// <param name="Content">Null when the name does not say; the records do.</param>
public sealed record FolderFile(
    string Path,
    string Collector,
    ArchiveContent? Content,
    Instant From
);

/// <param name="Files">In order of time, then collector and path.</param>
public sealed record FolderRead(
    IReadOnlyList<FolderFile> Files,
    IReadOnlyList<FeedGap> Gaps,
    IReadOnlyList<InputFault> Faults
);

/// <summary>
/// A folder as an archive: laid out as RouteViews or RIPE RIS are, or flat. What a window needs is told by the names; a
/// file without a time in its name is dated by its first record.
/// </summary>
public static class ArchiveFolder
{
    private const int FilesMax = 100_000;

    // So many steps between files show how far apart they are.
    private const int StepsMin = 3;

    private static readonly string[] notMrt = [".json", ".part", ".new", ".md5", ".txt", ".md"];

    /// <param name="updatesEvery">How far apart files of updates are; told from the files when null and there are enough.</param>
    /// <param name="from">With the last table before it and the updates since then; null for all.</param>
    /// <param name="to">Not part of the window; null for all.</param>
    public static FolderRead Read(
        string folder,
        Duration? updatesEvery = null,
        Instant? from = null,
        Instant? to = null
    )
    {
        var faults = new List<InputFault>();
        var files = new List<FolderFile>();
        string fallback = Path.GetFileName(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))
        );
        foreach (string path in Paths(folder, faults))
        {
            string name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (ArchiveName.Of(name) is { } named)
            {
                files.Add(new(path, named.Collector ?? fallback, named.Content, named.From));
                continue;
            }

            (Instant? start, InputFault? fault) = ArchiveName.OfContent(path, name);
            if (start is { } at)
            {
                files.Add(new(path, fallback, null, at));
            }

            faults.AddRange(fault is null ? [] : [fault]);
        }

        var gaps = new List<FeedGap>();
        var taken = new List<FolderFile>();
        foreach (IGrouping<string, FolderFile> of in files.GroupBy(file => file.Collector))
        {
            FolderFile[] sorted =
            [
                .. of.OrderBy(file => file.From).ThenBy(file => file.Path, StringComparer.Ordinal),
            ];
            Duration? every = updatesEvery ?? Every(sorted);
            Instant? since = from is { } start
                ? sorted
                    .LastOrDefault(file => file.Content == ArchiveContent.Rib && file.From <= start)
                    ?.From
                    ?? start
                : null;
            FolderFile[] within = [.. Within(sorted, since, to, every)];
            taken.AddRange(within);
            if (every is { } step)
            {
                gaps.AddRange(GapsOf(of.Key, within, step, since, to));
            }
        }

        return new FolderRead(
            [
                .. taken
                    .OrderBy(file => file.From)
                    .ThenBy(file => file.Content ?? ArchiveContent.Updates)
                    .ThenBy(file => file.Collector, StringComparer.Ordinal)
                    .ThenBy(file => file.Path, StringComparer.Ordinal),
            ],
            [.. gaps.OrderBy(gap => gap.Feed, StringComparer.Ordinal).ThenBy(gap => gap.From)],
            faults
        );
    }

    private static List<string> Paths(string folder, List<InputFault> faults)
    {
        List<string> paths;
        try
        {
            paths =
            [
                .. Directory
                    .EnumerateFiles(
                        folder,
                        "*",
                        new EnumerationOptions
                        {
                            RecurseSubdirectories = true,
                            MaxRecursionDepth = 8,
                            // A link could lead out of the folder.
                            AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden,
                        }
                    )
                    .Where(path => !notMrt.Contains(Path.GetExtension(path)))
                    .Take(FilesMax + 1)
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            faults.Add(
                new(folder, "", $"cannot be read: {fault.Message.TrimEnd('.')}", "Check the path")
            );
            return [];
        }

        if (paths.Count > FilesMax)
        {
            faults.Add(
                new(folder, "", $"has more than {FilesMax} files", "Name a folder within it")
            );
            paths.RemoveAt(FilesMax);
        }

        return paths;
    }

    /// <summary>The most usual step between files of updates; null where there are too few.</summary>
    private static Duration? Every(IReadOnlyList<FolderFile> sorted)
    {
        Instant[] starts = [.. Starts(sorted)];
        Duration[] steps = [.. starts.Skip(1).Zip(starts, (later, earlier) => later - earlier)];
        return steps.Length < StepsMin
            ? null
            : steps
                .GroupBy(step => step)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key)
                .First()
                .Key;
    }

    private static IEnumerable<Instant> Starts(IEnumerable<FolderFile> files) =>
        files
            .Where(file => file.Content != ArchiveContent.Rib)
            .Select(file => file.From)
            .Distinct();

    /// <summary>A file of updates belongs when it may reach into the window: its end is not known exactly.</summary>
    private static IEnumerable<FolderFile> Within(
        IEnumerable<FolderFile> sorted,
        Instant? since,
        Instant? to,
        Duration? every
    ) =>
        sorted.Where(file =>
            (to is null || file.From < to)
            && (
                since is null
                || file.From >= since
                || (
                    file.Content != ArchiveContent.Rib
                    && file.From + (every ?? Duration.FromHours(1)) > since
                )
            )
        );

    private static IEnumerable<FeedGap> GapsOf(
        string collector,
        IEnumerable<FolderFile> files,
        Duration every,
        Instant? since,
        Instant? to
    )
    {
        Instant[] starts = [.. Starts(files)];
        if (starts.Length == 0)
        {
            if (since is { } first && to is { } last)
            {
                yield return Gap(first, last);
            }

            yield break;
        }

        Instant seenUntil = since ?? starts[0];
        foreach (Instant start in starts)
        {
            if (start > seenUntil)
            {
                yield return Gap(seenUntil, start);
            }

            seenUntil = start + every;
        }

        if (to is { } end && seenUntil < end)
        {
            yield return Gap(seenUntil, end);
        }

        FeedGap Gap(Instant from, Instant until) =>
            new(collector, from, until, FeedState.Blind, "no file of updates in the folder");
    }
}
