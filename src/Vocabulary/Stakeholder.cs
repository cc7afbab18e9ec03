namespace Breakwater.Vocabulary;

public enum StakeholderClass
{
    Government,
    Intergovernmental,
    PrivateSector,
    TechnicalCommunity,
    CivilSociety,
    Academia,
    AffectedCommunity,
}

/// <summary>Who takes part, by class. In bundled scenarios these are roles ("a satellite operator"), never named organisations.</summary>
public sealed record Stakeholder(string Id, string Name, StakeholderClass Class);
