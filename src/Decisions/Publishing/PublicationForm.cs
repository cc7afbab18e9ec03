namespace Breakwater.Decisions.Publishing;

/// <summary>What a publication is. Each form is composed by the node and released in the same way.</summary>
public enum PublicationForm
{
    /// <summary>Of a response, as are the three that follow.</summary>
    SituationReport,
    Alert,
    FourW,
    GapReport,

    /// <summary>Of a fact sheet.</summary>
    LegalBrief,

    /// <summary>Of the resilience of a country.</summary>
    Index,

    /// <summary>Of an exercise.</summary>
    AfterAction,

    /// <summary>Of a consultation.</summary>
    ConsultationReport,
}
