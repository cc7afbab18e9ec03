using System.Globalization;
using System.Text.Json;
using Breakwater.Preparedness.Cycles;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Cycles;

/// <param name="Cycle">Null when the faults say why.</param>
public sealed record CycleRead(BundledCycle? Cycle, IReadOnlyList<InputFault> Faults);

/// <summary>The cycles that come with the executable as examples, found beside it.</summary>
public static class BundledCycles
{
    public const string FileName = "cycle.json";

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "cycles");

    /// <summary>Ids in order; empty when the folder is not there.</summary>
    public static IReadOnlyList<string> List() =>
        Directory.Exists(Folder)
            ?
            [
                .. Directory
                    .EnumerateDirectories(Folder)
                    .Where(folder => File.Exists(Path.Combine(folder, FileName)))
                    .Select(folder => Path.GetFileName(folder))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    public static CycleRead Read(string id)
    {
        if (!List().Contains(id))
        {
            return new CycleRead(
                null,
                [new InputFault(id, "", "is no bundled cycle", Nearest.Remedy(id, List()))]
            );
        }

        string path = Path.Combine(Folder, id, FileName);
        try
        {
            return Parse(path, File.ReadAllBytes(path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new CycleRead(
                null,
                [new InputFault(path, "", $"cannot be read: {fault.Message}", "Check the file")]
            );
        }
    }

    /// <summary>A milestone whose date is none is left out and told; the rest is read.</summary>
    public static CycleRead Parse(string path, ReadOnlySpan<byte> octets)
    {
        BundledCycle? cycle;
        try
        {
            cycle = JsonSerializer.Deserialize<BundledCycle>(octets, Json.Compact);
        }
        catch (JsonException fault)
        {
            return new CycleRead(
                null,
                [
                    new InputFault(
                        path,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"line {(fault.LineNumber ?? 0) + 1}"
                        ),
                        "is not what cycles/README.md shows",
                        fault.Path is { } at ? $"Look at {at}" : "Mend the JSON"
                    ),
                ]
            );
        }

        if (cycle is not { Id: { }, Title: { }, Purpose: { }, Milestones: { }, WorkAreas: { } })
        {
            return new CycleRead(
                null,
                [
                    new InputFault(
                        path,
                        "",
                        "lacks its id, title, purpose, milestones or work areas",
                        "Write what cycles/README.md lists"
                    ),
                ]
            );
        }

        Milestone[] wrong =
        [
            .. cycle.Milestones.Where(each => each.When is { } when && !Milestone.IsDate(when)),
        ];
        return new CycleRead(
            cycle with
            {
                Milestones = [.. cycle.Milestones.Except(wrong)],
                Sources = cycle.Sources ?? [],
                Proposal = cycle.Proposal ?? "",
            },
            [
                .. wrong.Select(each => new InputFault(
                    path,
                    each.What,
                    $"{each.When} is no date",
                    "Write a day, a month or a year, or leave it out when it is not known"
                )),
            ]
        );
    }
}
