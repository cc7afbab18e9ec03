namespace Breakwater.Records;

/// <summary>How busy the one writer is, and how much it has done since the store was opened.</summary>
/// <param name="Waiting">Writes in its queue now.</param>
/// <param name="WaitingMax">How many find a place there; whoever comes then waits for one.</param>
public readonly record struct WriterLoad(int Waiting, int WaitingMax, long Commits, long Events);
