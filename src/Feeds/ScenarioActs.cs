using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Feeds;

/// <summary>An appeal against a decision, or how one was heard.</summary>
/// <param name="Heard"><c>upheld</c> or <c>reopened</c>; null for the appeal itself.</param>
public sealed record ScriptedAppeal(
    Instant At,
    Evidence Evidence,
    string By,
    string On,
    string? Heard,
    string Reason
) : ScriptEntry(At, Evidence);

/// <summary>Something done in a case about continuity.</summary>
public abstract record ScriptedCaseAct(Instant At, Evidence Evidence, string By, string Case)
    : ScriptEntry(At, Evidence);

public sealed record ScriptedDeadlineMet(
    Instant At,
    Evidence Evidence,
    string By,
    string Case,
    string Deadline,
    string Proof
) : ScriptedCaseAct(At, Evidence, By, Case);

/// <param name="State"><c>in-place</c> or <c>ended</c>.</param>
public sealed record ScriptedMeasure(
    Instant At,
    Evidence Evidence,
    string By,
    string Case,
    string Measure,
    string State,
    string Proof
) : ScriptedCaseAct(At, Evidence, By, Case);

/// <param name="Answer"><c>unknown</c>, <c>yes</c>, <c>partly</c> or <c>no</c>.</param>
public sealed record ScriptedItem(
    Instant At,
    Evidence Evidence,
    string By,
    string Case,
    string Item,
    string Answer,
    string Proof
) : ScriptedCaseAct(At, Evidence, By, Case);

/// <param name="State"><c>unknown</c>, <c>working</c>, <c>degraded</c> or <c>down</c>.</param>
public sealed record ScriptedFunction(
    Instant At,
    Evidence Evidence,
    string By,
    string Case,
    Place Function,
    string State,
    string Proof,
    string Source
) : ScriptedCaseAct(At, Evidence, By, Case);

/// <summary>A step of a mission.</summary>
/// <param name="Act"><c>approved</c>, <c>started</c>, <c>all-well</c>, <c>aborted</c>, <c>returned</c>, <c>repaired</c>, <c>delivered</c>, <c>partly-done</c> or <c>turned-back</c>.</param>
public sealed record ScriptedMission(
    Instant At,
    Evidence Evidence,
    string By,
    string Mission,
    string Act,
    string Reason
) : ScriptEntry(At, Evidence);

/// <summary>A party is told of a mission, or answers.</summary>
/// <param name="Answer"><c>acknowledged</c> or <c>denied</c>; null when it is told. Silence has no entry: it is counted by itself.</param>
public sealed record ScriptedNotice(
    Instant At,
    Evidence Evidence,
    string By,
    string Mission,
    string Party,
    string? Answer,
    string Reason
) : ScriptEntry(At, Evidence);
