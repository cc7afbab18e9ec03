namespace Breakwater.Fuzz;

/// <summary>A reader of input that anybody may send.</summary>
/// <param name="Seeds">Whole inputs of our own making, from which damage starts.</param>
/// <param name="Execute">
/// Reads an input and gives a number for what came of it: the same for the same behaviour. Throws when the reader breaks
/// a promise, such as that reading in pieces gives what reading at once gives.
/// </param>
internal sealed record FuzzTarget(
    string Name,
    Func<IReadOnlyList<byte[]>> Seeds,
    Func<byte[], ulong> Execute
);
