using Breakwater.Vocabulary;

namespace Breakwater.Decisions;

/// <summary>Who may act on a decision for an organisation.</summary>
internal static class Acting
{
    /// <summary>Speaks for a vetted organisation. Who does not is heard and moves nothing (INV-09).</summary>
    public static bool Counts(Participant by) =>
        by.Organisation is not null && by.Is(Role.Representative);

    public static Refusal? WhyNot(Decision decision, Participant by) =>
        decision.IsRecused(by) ? Refusal.NotAllowed("who has recused takes no part")
        : Counts(by) ? null
        : Refusal.NotAllowed("only a representative of an organisation can do this");
}
