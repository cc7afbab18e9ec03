// Fuzzing of every reader that takes input from outside.
//   dotnet run -c Release --project fuzz -- run [TARGET...] [--executions N] [--seed N]
//   dotnet run -c Release --project fuzz -- corpus DIR          seeds as files, a folder for each target
//   dotnet run -c Release --project fuzz -- once TARGET FILE    one execution, to look at a finding
//   ... afl TARGET                                              one target under afl-fuzz, see fuzz/run
using System.Globalization;
using Breakwater.Fuzz;
using SharpFuzz;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
FuzzTarget[] targets =
[
    .. MrtTargets.All,
    .. MessageTargets.All,
    .. TextTargets.All,
    .. TableTargets.All,
    .. BmpTargets.All,
    .. JsonTargets.All,
    .. BundleTargets.All,
    .. SignalTargets.All,
    .. CompressionTargets.All,
    .. RpkiTargets.All,
    .. ProbeTargets.All,
    .. CoreTargets.All,
];
return args switch
{
    ["run", .. var rest] => Run(rest),
    ["corpus", var folder] => Corpus(folder),
    ["once", var name, var file] => Once(name, file),
    ["afl", var name] => Afl(name),
    _ => Usage(),
};

int Run(string[] rest)
{
    List<string> names = [];
    long executions = 100_000;
    ulong seed = 1;
    for (int at = 0; at < rest.Length; at++)
    {
        switch (rest[at])
        {
            case "--executions" when at + 1 < rest.Length:
                executions = long.Parse(rest[++at], CultureInfo.InvariantCulture);
                break;
            case "--seed" when at + 1 < rest.Length:
                seed = ulong.Parse(rest[++at], CultureInfo.InvariantCulture);
                break;
            default:
                names.Add(rest[at]);
                break;
        }
    }

    FuzzTarget[] chosen = names.Count == 0 ? targets : [.. names.Select(Target)];
    int findings = 0;
    Console.WriteLine($"{"target", -18} {"executions", 12} {"kept", 6} {"per second", 11}");
    Parallel.ForEach(
        chosen,
        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
        target =>
        {
            try
            {
                FuzzingResult result = Fuzzing.Run(target, executions, seed);
                Console.WriteLine(
                    $"{result.Target, -18} {result.Executions, 12} {result.Kept, 6} {result.Executions / result.Seconds, 11:F0}"
                );
            }
            catch (FuzzFinding finding)
            {
                Interlocked.Increment(ref findings);
                string path = Path.Combine(Path.GetTempPath(), $"finding-{finding.Target}");
                File.WriteAllBytes(path, [.. finding.Input]);
                Console.WriteLine(
                    $"{finding.Target, -18} FINDING, input kept as {path}\n{finding.InnerException}"
                );
            }
        }
    );
    return findings == 0 ? 0 : 1;
}

int Corpus(string folder)
{
    foreach (FuzzTarget target in targets)
    {
        string own = Directory.CreateDirectory(Path.Combine(folder, target.Name)).FullName;
        foreach ((int index, byte[] seed) in target.Seeds().Index())
        {
            File.WriteAllBytes(Path.Combine(own, $"{index}"), seed);
        }
    }

    return 0;
}

int Once(string name, string file)
{
    Console.WriteLine($"outcome {Target(name).Execute(File.ReadAllBytes(file)):x8}");
    return 0;
}

int Afl(string name)
{
    FuzzTarget target = Target(name);
    Fuzzer.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        Fuzzing.OutcomeOf(target, input.ToArray());
    });
    return 0;
}

int Usage()
{
    Console.Error.WriteLine(
        $"usage: run [TARGET...] [--executions N] [--seed N] | corpus DIR | once TARGET FILE | afl TARGET\ntargets: {string.Join(", ", targets.Select(target => target.Name))}"
    );
    return 2;
}

FuzzTarget Target(string name) =>
    Array.Find(targets, target => target.Name == name)
    ?? throw new ArgumentException($"no target {name}");
