namespace Breakwater.Vocabulary;

/// <summary>How a value came to be. It travels with the value to every output.</summary>
public enum Origin
{
    Measured,
    Reported,

    /// <summary>Made up by a stated rule so that a plan can run; nobody observed it.</summary>
    Modelled,

    /// <summary>Rebuilt from published figures, not from the measurements themselves.</summary>
    Reconstructed,
}
