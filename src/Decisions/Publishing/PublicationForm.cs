namespace Breakwater.Decisions.Publishing;

/// <summary>What a publication is. Each form is composed by the node and released in the same way.</summary>
public enum PublicationForm
{
    /// <summary>Of a response, as are the three that follow.</summary>
    SituationReport,
    Alert,
    FourW,

    /// <summary>Also of a country without one.</summary>
    GapReport,

    /// <summary>Of a fact sheet.</summary>
    LegalBrief,

    /// <summary>Of the resilience of a country, or of all.</summary>
    Index,

    /// <summary>Of an exercise, as its organisers keep it: what was learnt, and nothing that was played.</summary>
    AfterAction,

    /// <summary>Of a consultation.</summary>
    ConsultationReport,

    /// <summary>Of a case about the continuity of a core resource.</summary>
    ContinuityCase,
}
