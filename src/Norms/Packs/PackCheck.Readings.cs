namespace Breakwater.Norms.Packs;

public static partial class PackCheck
{
    private sealed partial class Check
    {
        /// <summary>A stance that reads as the default does is dead, and so is one without a body that holds it.</summary>
        public void Stances()
        {
            foreach (
                (Clause clause, IReadOnlyList<Stance> stances, string name) in pack
                    .Derived.Select(term => (term.Clause, term.Stances, term.Id))
                    .Concat(
                        pack.Rules.Where(rule => rule.Breach is not null)
                            .Select(rule => (rule.Breach!, rule.Stances, rule.Id))
                    )
            )
            {
                foreach (Stance stance in stances)
                {
                    if (stance.Clause.ToString() == clause.ToString())
                    {
                        Add(
                            stance.Clause.At,
                            $"the stance of {stance.Profile} on {name} reads as the default does",
                            "Remove it, or write how that body reads it"
                        );
                    }

                    if (stance.Profile == LawPack.Baseline)
                    {
                        Add(
                            stance.Clause.At,
                            $"'{LawPack.Baseline}' has a stance on {name}",
                            "Change the default instead: the baseline has no entries"
                        );
                    }
                }

                foreach (
                    IGrouping<string, Stance> twice in stances
                        .GroupBy(stance => stance.Profile, StringComparer.Ordinal)
                        .Where(group => group.Count() > 1)
                )
                {
                    Add(
                        twice.Last().Clause.At,
                        $"{twice.Key} has two stances on {name}",
                        "Keep one: a profile has one reading"
                    );
                }
            }
        }

        public void Burdens()
        {
            foreach (Rule rule in pack.Rules)
            {
                HashSet<string> read =
                [
                    .. Readings(rule)
                        .Concat(rule.Exceptions.Select(one => one.When))
                        .SelectMany(Atoms),
                ];
                foreach (string fact in rule.Burden.Keys.Where(fact => !read.Contains(fact)))
                {
                    Add(
                        rule.At,
                        $"rule {rule.Id} puts a burden on '{fact}', which its breach and its exceptions do not read",
                        "Remove it from 'burden', or read it in 'breach'"
                    );
                }
            }
        }

        /// <summary>
        /// A derogation excuses only what the treaty lets a State derogate from, and only where it covers the right: the defence is
        /// there, and nowhere else, and names the fact that it covers the right at issue.
        /// </summary>
        public void Derogations()
        {
            foreach (Rule rule in pack.Rules)
            {
                Defence? defence = rule.Exceptions.FirstOrDefault(one => one.Id == Derogation);
                bool isAvailable = pack.Derogable.Contains(rule.Id);
                if (isAvailable != defence is not null)
                {
                    Add(
                        rule.At,
                        isAvailable
                            ? $"rule {rule.Id} lacks the defence {Derogation}, and pack.yaml says that a State may derogate from it"
                            : $"rule {rule.Id} has the defence {Derogation}, and pack.yaml does not list it under 'derogable'",
                        isAvailable
                            ? $"Add the exception {Derogation}, or remove the rule from 'derogable'"
                            : "Remove the exception, or list the rule with its reason"
                    );
                }

                if (
                    defence is not null
                    && !(
                        defence.When.Expression.Ids().Contains(DerogationTerm)
                        && defence
                            .When.Expression.Ids()
                            .Any(id => id.StartsWith(CoveringPrefix, StringComparison.Ordinal))
                    )
                )
                {
                    Add(
                        defence.When.At,
                        $"the defence {Derogation} of {rule.Id} does not say which right the derogation covers",
                        $"Write when: \"{DerogationTerm} & {CoveringPrefix}...\""
                    );
                }
            }

            foreach (string id in pack.Derogable.Where(id => !rules.Contains(id)))
            {
                Add(
                    new PackLine("pack.yaml", 1),
                    $"'derogable' names '{id}', which is no rule",
                    "Correct or remove it"
                );
            }
        }

        public void Dates()
        {
            var dates = pack
                .Instruments.GroupBy(one => one.Id, StringComparer.Ordinal)
                .ToDictionary(
                    group => group.Key,
                    group => group.First().Date,
                    StringComparer.Ordinal
                );
            foreach (Rule rule in pack.Rules)
            {
                SameDate(rule, "valid", rule.Valid.From, rule.ValidBasis);
                if (rule.ReadingBasis is { } basis)
                {
                    SameDate(rule, "reading", rule.ReadingFrom, basis);
                }

                InTime($"rule {rule.Id}", rule.Recorded, rule.At);
                Taken($"rule {rule.Id}", rule.Stances);
            }

            foreach (DerivedTerm term in pack.Derived)
            {
                InTime($"term {term.Id}", term.Recorded, term.At);
                Taken($"term {term.Id}", term.Stances);
            }

            foreach (Profile profile in pack.Profiles)
            {
                InTime($"profile {profile.Id}", profile.Recorded, profile.At);
            }

            foreach (Gap gap in pack.Gaps)
            {
                InTime($"gap {gap.Id}", gap.Recorded, gap.At);
            }

            void Taken(string of, IReadOnlyList<Stance> stances)
            {
                foreach (Stance stance in stances)
                {
                    InTime(
                        $"the stance of {stance.Profile} on {of}",
                        stance.Recorded,
                        stance.Clause.At
                    );
                }
            }

            void InTime(string what, Period recorded, PackLine at)
            {
                if (recorded.From is { } day && day.First > pack.RecordedAt.Last)
                {
                    Add(
                        at,
                        $"{what} was recorded on {day}, after the pack ({pack.RecordedAt})",
                        "Give the pack a later recorded_at and a new version"
                    );
                }
            }

            void SameDate(Rule rule, string what, PartialDate? date, string basis)
            {
                if (
                    date is not null
                    && dates.TryGetValue(basis, out PartialDate? of)
                    && of.Text != date.Text
                )
                {
                    Add(
                        rule.At,
                        $"'{what}' of rule {rule.Id} begins on {date}, and {basis} is dated {of}",
                        "Use the date of the instrument, or name another basis"
                    );
                }
            }
        }
    }
}
