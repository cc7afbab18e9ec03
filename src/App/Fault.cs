using Breakwater.Vocabulary;

namespace Breakwater.App;

/// <summary>The exit codes that scripts may rely on.</summary>
public static class ExitCode
{
    public const int Done = 0;
    public const int DoesNotHold = 1;
    public const int Usage = 2;
    public const int Refused = 3;
    public const int Conflict = 4;
    public const int Cannot = 5;
}

/// <summary>Ends a verb with one line that a person can act on.</summary>
public sealed class Fault(int exitCode, IReadOnlyList<string> lines)
    : Exception(string.Join('\n', lines))
{
    public Fault(int exitCode, string line)
        : this(exitCode, [line]) { }

    public int Code { get; } = exitCode;

    public IReadOnlyList<string> Lines { get; } = lines;

    public static Fault Unreadable(IEnumerable<InputFault> faults) =>
        new(ExitCode.Usage, [.. faults.Select(fault => fault.ToString())]);
}
