using Breakwater.App.Subjects.Kinds;
using Breakwater.Records;
using NodaTime;

namespace Breakwater.App.Subjects;

/// <summary>All kinds of subjects that this node knows, and what can be done with each.</summary>
internal sealed class Catalogue(IReadOnlyList<SubjectKind> kinds)
{
    private readonly Dictionary<string, SubjectKind> _byKind = kinds.ToDictionary(
        kind => kind.Kind,
        StringComparer.Ordinal
    );

    /// <summary>Everything that Breakwater knows.</summary>
    public static Catalogue Known { get; } =
        new([
            .. SensingKinds.All(),
            .. DecisionKinds.All(),
            .. NormsKinds.All(),
            .. FieldworkKinds.All(),
            .. ContinuityKinds.All(),
            .. PublishingKinds.All(),
            .. EvidenceKinds.All(),
            .. InterpretingKinds.All(),
            .. AgreementKinds.All(),
            .. ConsultationKinds.All(),
            .. MembershipKinds.All(),
            .. ResilienceKinds.All(),
            .. ExerciseKinds.All(),
            .. ContactKinds.All(),
        ]);

    public IReadOnlyList<SubjectKind> Kinds { get; } = kinds;

    public SubjectKind? Of(string kind) => _byKind.GetValueOrDefault(kind);

    /// <summary>Draws the consequences of what was staged, and of those, until there are no more.</summary>
    public async Task Follow(Workspace work, Instant now)
    {
        while (work.TryNext(out Staged? staged))
        {
            string kind = staged.Subject[..staged.Subject.IndexOf('/', StringComparison.Ordinal)];
            await Of(kind)!.Follow(work, staged, now).ConfigureAwait(false);
        }
    }

    /// <summary>How the store remakes documents; null for subjects that have none.</summary>
    public Folding? Fold(string subject, DocumentState? before) =>
        subject.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash
            ? Of(subject[..slash])?.Fold(before)
            : null;
}
