namespace Breakwater.Decisions.Continuity;

/// <summary>How each event changes a case.</summary>
internal static class ContinuityFold
{
    public static ContinuityCase Apply(ContinuityCase? before, ContinuityEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is CaseOpened opened)
        {
            return Opened(opened);
        }

        ArgumentNullException.ThrowIfNull(before);
        return Next(before, happened) with { ChangedAt = happened.At };
    }

    private static ContinuityCase Opened(CaseOpened opened) =>
        new()
        {
            Id = opened.Id,
            Type = opened.Type,
            Name = opened.Name,
            Place = opened.Place,
            Institution = opened.Institution,
            Forum = opened.Forum,
            Users = opened.Users,
            UsersSource = opened.UsersSource,
            Functions = [.. opened.Functions.Select(FunctionSeen.Unseen)],
            Disruptions = opened.Disruptions,
            OpenedAt = opened.At,
            ChangedAt = opened.At,
            Origin = opened.Origin,
            Marking = opened.Marking,
        };

    private static ContinuityCase Next(ContinuityCase before, ContinuityEvent happened) =>
        happened switch
        {
            DeadlineSet set => before with
            {
                Deadlines =
                [
                    .. before.Deadlines,
                    new(set.Id, set.What, set.Due, set.Source, DeadlineState.Running, ""),
                ],
            },
            DeadlineMet met => Moved(
                before,
                met.Id,
                one =>
                    one.State == DeadlineState.Missed ? DeadlineState.MetLate : DeadlineState.Met,
                met.Proof
            ),
            DeadlineMissed missed => Moved(before, missed.Id, _ => DeadlineState.Missed, ""),
            MeasureProposed proposed => before with
            {
                Measures =
                [
                    .. before.Measures,
                    new(proposed.Id, proposed.What, proposed.Whose, MeasureState.Proposed, ""),
                ],
            },
            MeasureMoved moved => before with
            {
                Measures =
                [
                    .. before.Measures.Select(one =>
                        one.Id == moved.Id
                            ? one with
                            {
                                State = moved.State,
                                Evidence = moved.Evidence,
                            }
                            : one
                    ),
                ],
            },
            ItemWasAnswered answered => before with
            {
                Answers =
                [
                    .. before.Answers.Where(one => one.Item != answered.Item),
                    new(
                        answered.Item,
                        answered.Answer,
                        answered.Evidence,
                        answered.By,
                        answered.At
                    ),
                ],
            },
            FunctionObserved observed => before with
            {
                Functions =
                [
                    .. before.Functions.Select(one =>
                        one.Function.Equals(observed.Seen.Function) ? observed.Seen : one
                    ),
                ],
            },
            UsersEstimated users => before with { Users = users.Users, UsersSource = users.Source },
            PartyNamed named => before with { Parties = [.. before.Parties, named.Party] },
            ContactNamed named => before with { Contacts = [.. before.Contacts, named.Contact] },
            CaseLinked linked => before with
            {
                Disruptions = [.. before.Disruptions, linked.DisruptionId],
            },
            OutcomeReached reached => before with
            {
                Outcomes =
                [
                    .. before.Outcomes.Where(one => one.Decision != reached.Outcome.Decision),
                    reached.Outcome,
                ],
            },
            CaseClosed closed => before with
            {
                Ending = closed.Ending,
                EndingReason = closed.Reason,
            },
            _ => throw new InvalidOperationException($"a case knows no {happened.GetType().Name}"),
        };

    private static ContinuityCase Moved(
        ContinuityCase before,
        string id,
        Func<CaseDeadline, DeadlineState> to,
        string proof
    ) =>
        before with
        {
            Deadlines =
            [
                .. before.Deadlines.Select(one =>
                    one.Id == id ? one with { State = to(one), Proof = proof } : one
                ),
            ],
        };
}
