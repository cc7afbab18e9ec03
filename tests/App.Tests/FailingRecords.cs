using System.Reflection;
using System.Runtime.ExceptionServices;
using Breakwater.Records;

namespace Breakwater.App.Tests;

/// <summary>A store that a test lets fail, before an append is carried out or after it, as a lost connection does.</summary>
#pragma warning disable CA1852 // What stands for the store is made at run time, and derives from this.
internal class FailingRecords : DispatchProxy
#pragma warning restore CA1852
{
    private IRecords _records = null!;

    /// <summary>Asked before each append; what it gives is thrown, and nothing is kept.</summary>
    public Func<IReadOnlyList<Write>, RecordsFault?> Before { get; set; } = _ => null;

    /// <summary>Asked after each append; what it gives is thrown although all was kept.</summary>
    public Func<IReadOnlyList<Write>, RecordsFault?> After { get; set; } = _ => null;

    public static (IRecords Records, FailingRecords Failing) Around(IRecords records)
    {
        IRecords around = Create<IRecords, FailingRecords>();
        var failing = (FailingRecords)(object)around;
        failing._records = records;
        return (around, failing);
    }

    public static RecordsFault Fault(RecordsFaultKind kind) =>
        new(kind, "the store fails", "here, in a test", "Do something about it");

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IRecords.Append))
        {
            return Append(
                (IReadOnlyList<Write>)args![0]!,
                (Once?)args[1],
                (CancellationToken)args[2]!
            );
        }

        try
        {
            return targetMethod.Invoke(_records, args);
        }
        catch (TargetInvocationException thrown) when (thrown.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private async Task<AppendOutcome> Append(
        IReadOnlyList<Write> writes,
        Once? once,
        CancellationToken cancel
    )
    {
        if (Before(writes) is { } before)
        {
            throw before;
        }

        AppendOutcome outcome = await _records.Append(writes, once, cancel);
        return After(writes) is { } after ? throw after : outcome;
    }
}
