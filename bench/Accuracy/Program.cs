using Breakwater.Bench.Accuracy;
using Breakwater.Bench.Accuracy.Reports;

// Usage: Accuracy [--quick] [--check] [--seed N] [--out DIR] [--results FILE]; BREAKWATER_SHARED names the reference data.
string? Option(string name) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

string[] known = ["--quick", "--check", "--seed", "--out", "--results"];
if (
    args.FirstOrDefault(argument =>
        argument.StartsWith("--", StringComparison.Ordinal) && !known.Contains(argument)
    ) is
    { } unknown
)
{
    Console.Error.WriteLine($"{unknown} is not known. Use {string.Join(", ", known)}");
    return 2;
}

string folder = Option("--out") ?? Path.Combine("artifacts", "accuracy");
ulong seed = ulong.TryParse(Option("--seed"), out ulong stated) ? stated : 1;
var run = new Run(
    Environment.GetEnvironmentVariable("BREAKWATER_SHARED"),
    args.Contains("--quick"),
    seed,
    Console.Error.WriteLine
);
IReadOnlyList<Section> sections = run.Sections(folder);
(IReadOnlyList<string> floors, bool hold) = Floors.Check(
    Floors.Read(Path.Combine(AppContext.BaseDirectory, "floors.json")),
    [.. sections.SelectMany(section => section.Numbers)]
);
string report = run.Report(sections, floors);
File.WriteAllText(Path.Combine(folder, "accuracy.md"), report);
Console.Out.Write(report);
if (Option("--results") is { } results)
{
    string from = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(results))!, folder)
        .Replace('\\', '/');
    if (Summary.Into(File.ReadAllText(results), Summary.Of(report, from)) is not { } file)
    {
        Console.Error.WriteLine($"{results} has no lines {Summary.Begin} and {Summary.End}");
        return 2;
    }

    File.WriteAllText(results, file);
}

return args.Contains("--check") && !hold ? 1 : 0;
