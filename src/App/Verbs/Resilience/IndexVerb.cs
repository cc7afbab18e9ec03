using System.CommandLine;
using Breakwater.App.Resilience;
using Breakwater.Feeds.Resilience;
using Breakwater.Preparedness.Resilience;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;
using NodaTime.Text;

namespace Breakwater.App.Verbs.Resilience;

/// <summary>
/// <c>index</c>: how well countries are prepared, as far as it is known. JSON: <c>{set, version, completenessMin, asOf, countries,
/// improvements, sensitivity, changes, notes, errors}</c>; <c>score</c> and <c>range</c> are null where the index is withheld.
/// </summary>
internal static class IndexVerb
{
    private static readonly Argument<string?> _country = new("COUNTRY")
    {
        Description =
            "Two letters of ISO 3166-1: its pillars, every indicator, and what would raise it most",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string[]> _values = new("--values")
    {
        Description =
            "CSV with country,indicator,value,low,high,date,source,licence,origin, or what core --json prints. May be given several times",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> _table = new("--table")
    {
        Description =
            "A table of routes, for the networks abroad through which each country is reached; needs --registrations. May be given several times",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> _registrations = new("--registrations")
    {
        Description =
            "Countries of ASes: statistics of registries (delegated-extended). May be given several times",
        HelpName = "DIR|FILE",
    };

    private static readonly Option<string?> _set = new("--set")
    {
        Description =
            "Pillars, indicators, thresholds and weights of your own (default: those that come with Breakwater)",
        HelpName = "FILE",
    };

    private static readonly Option<string?> _asOf = new("--as-of")
    {
        Description = "The index as of this day, such as 2026-06-30 (default: today)",
        HelpName = "DATE",
    };

    private static readonly Option<string?> _since = new("--since")
    {
        Description = "What changed since this day",
        HelpName = "DATE",
    };

    private static readonly Option<bool> _sensitivity = new("--sensitivity")
    {
        Description = "How much scores and places hang on the weights",
    };

    private static readonly Option<int> _draws = new("--draws")
    {
        Description = "How often the weights are drawn anew",
        DefaultValueFactory = _ => new SensitivityTerms().Draws,
        HelpName = "N",
    };

    private static readonly Option<ulong> _seed = new("--seed")
    {
        Description = "What the draws follow from",
        DefaultValueFactory = _ => new SensitivityTerms().Seed,
        HelpName = "N",
    };

    public static Command Command(Printing print)
    {
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "index",
            "How well countries are prepared, with what is not known. Example: breakwater index SD --values values.csv"
        )
        {
            _country,
            _values,
            _table,
            _registrations,
            _set,
            _asOf,
            _since,
            _sensitivity,
            _draws,
            _seed,
            data,
            json,
            IndexVerifyVerb.Command(print),
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                IndicatorSet set = Set(parsed.GetValue(_set));
                string? country = Country(parsed.GetValue(_country));
                LocalDate asOf =
                    Day(parsed, _asOf) ?? SystemClock.Instance.GetCurrentInstant().InUtc().Date;
                LocalDate? since = Day(parsed, _since);
                if (since >= asOf)
                {
                    throw new Fault(ExitCode.Usage, $"--since must lie before {asOf:uuuu-MM-dd}");
                }

                ValuesFound found = await Found(
                        set,
                        parsed.GetValue(_values) ?? [],
                        Routes(
                            parsed.GetValue(_table) ?? [],
                            parsed.GetValue(_registrations) ?? []
                        ),
                        parsed.GetValue(data)
                    )
                    .ConfigureAwait(false);
                print.Faults(found.Faults, 20);
                ResilienceIndex index = ResilienceFromValues.Compute(set, found.Values, asOf);
                index = index with { Notes = [.. index.Notes, .. found.Notes] };
                if (country is not null && index.Of(country) is null)
                {
                    throw new Fault(
                        ExitCode.Usage,
                        $"there is no value of {country}, so nothing is known of it. Values here: {(index.Countries.Count == 0 ? "none" : string.Join(", ", index.Countries.Select(one => one.Country)))}"
                    );
                }

                var told = new IndexTold(
                    set,
                    index,
                    country,
                    country is null ? null : Improvements.Of(set, index.Of(country)!, asOf),
                    parsed.GetValue(_sensitivity)
                        ? Sensitivity.Of(set, index, Terms(parsed))
                        : null,
                    since is { } before
                        ? ResilienceChanges.Between(
                            ResilienceFromValues.Compute(set, found.Values, before),
                            index
                        )
                        : null,
                    found.Faults
                );
                if (parsed.GetValue(json))
                {
                    print.Json(told.Document());
                }
                else
                {
                    IndexTables.Write(print, told);
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    public static IndicatorSet Set(string? path)
    {
        IndicatorSetRead read = path is null ? SetAtHand.Read : IndicatorSetReader.Read(path);
        return read.Set ?? throw Fault.Unreadable(read.Faults);
    }

    private static async Task<ValuesFound> Found(
        IndicatorSet set,
        string[] paths,
        ValuesRead? routes,
        string? data
    )
    {
        if (paths.Length == 0 && routes is null && data is null)
        {
            throw new Fault(
                ExitCode.Usage,
                "an index of what? Give --values FILE, or name a store with --data"
            );
        }

        ValuesRead[] read =
        [
            .. paths.Select(path => ValueInputs.Read(path, set)),
            .. routes is null ? Array.Empty<ValuesRead>() : [routes],
        ];
        ValuesFound stored = new([], [], []);
        if (data is not null)
        {
            await using SqlRecords records = DataFolder.OpenToRead(DataFolder.Path(data));
            // What an operator's screen shows is what the public may see: it is copied from there.
            stored = await new ValuesOnRecord(records)
                .For(_ => Reader.Anonymous, SystemClock.Instance.GetCurrentInstant())
                .ConfigureAwait(false);
        }

        int omitted = read.Sum(one => one.Omitted);
        return new ValuesFound(
            [
                .. stored
                    .Values.Concat(read.SelectMany(one => one.Values))
                    // What is counted is for the bundled set; a set of one's own may not have it.
                    .Where(value => set.Of(value.Indicator) is not null),
            ],
            [.. stored.Faults, .. read.SelectMany(one => one.Faults)],
            [
                .. stored.Notes,
                .. omitted > 0
                    ? [$"{omitted} more rows could not be used than are listed"]
                    : Array.Empty<string>(),
            ]
        );
    }

    /// <returns>Null when no table was given.</returns>
    private static ValuesRead? Routes(string[] tables, string[] registrations)
    {
        if (tables.Length == 0 && registrations.Length == 0)
        {
            return null;
        }

        if (tables.Length == 0 || registrations.Length == 0)
        {
            throw new Fault(
                ExitCode.Usage,
                "--table and --registrations go together: paths say through whom, registrations of which country"
            );
        }

        var inputs = new CoreInputs();
        return new ValuesRead(
            [
                .. ForeignUpstreams.Of(
                    [.. tables.Select(inputs.TableOf)],
                    inputs.RegistrationsOf(registrations)
                ),
            ],
            inputs.Faults
        );
    }

    private static string? Country(string? given)
    {
        if (given is null)
        {
            return null;
        }

        return Countries.OfCode(given)
            ?? throw new Fault(
                ExitCode.Usage,
                Countries.OfName(given)?.Country is { } meant
                    ? $"'{given}': write {meant}"
                    : $"'{given}' is no country. Write its two letters of ISO 3166-1, such as SD"
            );
    }

    private static SensitivityTerms Terms(ParseResult parsed)
    {
        int draws = parsed.GetValue(_draws);
        return draws is > 0 and <= SensitivityTerms.DrawsMax
            ? new SensitivityTerms(draws, Seed: parsed.GetValue(_seed))
            : throw new Fault(
                ExitCode.Usage,
                $"--draws must lie between 1 and {SensitivityTerms.DrawsMax}, such as 1000"
            );
    }

    private static LocalDate? Day(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } text ? null
        : LocalDatePattern.Iso.Parse(text) is { Success: true } day ? day.Value
        : throw new Fault(ExitCode.Usage, $"{option.Name} {text} is no day. Write 2026-06-30");
}
