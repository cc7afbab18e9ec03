using System.Globalization;
using Breakwater.Vocabulary;

namespace Breakwater.Feeds.Yaml;

/// <summary>All that is wrong with one file, in order of lines. Reading goes on after each.</summary>
internal sealed class FaultList(string file)
{
    /// <summary>Enough to mend a file by; a file with more is not a scenario.</summary>
    public const int Max = 200;

    private readonly List<(int Line, InputFault Fault)> faults = [];

    public int Count => faults.Count;

    /// <summary>How many were left out because of <see cref="Max"/>.</summary>
    public int Omitted { get; private set; }

    public void Add(int line, string reason, string remedy) =>
        Keep(
            line,
            new InputFault(
                file,
                $"line {line.ToString(CultureInfo.InvariantCulture)}",
                reason,
                remedy
            )
        );

    public void AddAt(string at, string reason, string remedy) =>
        Keep(0, new InputFault(file, at, reason, remedy));

    public void Add(InputFault fault) => Keep(int.MaxValue, fault);

    public IReadOnlyList<InputFault> InOrder() =>
        [
            .. faults.OrderBy(fault => fault.Line).Select(fault => fault.Fault),
            .. Omitted == 0
                ? Array.Empty<InputFault>()
                :
                [
                    new InputFault(
                        file,
                        "",
                        $"has {Omitted} more faults than are listed",
                        "Mend these first"
                    ),
                ],
        ];

    private void Keep(int line, InputFault fault)
    {
        if (faults.Count < Max)
        {
            faults.Add((line, fault));
        }
        else
        {
            Omitted++;
        }
    }
}
