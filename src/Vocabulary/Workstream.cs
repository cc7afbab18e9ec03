namespace Breakwater.Vocabulary;

/// <summary>Streams of work that must not act past each other.</summary>
public enum Workstream
{
    /// <summary>Restoring connectivity.</summary>
    Mechanism,

    /// <summary>What the law says, and where it is silent.</summary>
    Norms,

    /// <summary>Who takes part and how, in peacetime too.</summary>
    Governance,

    /// <summary>What is seen, and how well.</summary>
    Measurement,
}
