namespace Breakwater.Decisions;

/// <summary>Why a command on a decision was not carried out. An expected answer.</summary>
public sealed record DecisionRefused(string Reason);

/// <summary>Why a commitment did not move. An expected answer.</summary>
public sealed record CommitmentRefused(string Reason);
