using Breakwater.Vocabulary;

namespace Breakwater.Signals;

/// <summary>What an input gave: its signals, and what in it could not be used.</summary>
public sealed record SignalsRead(IReadOnlyList<Signal> Signals, IReadOnlyList<InputFault> Faults);
