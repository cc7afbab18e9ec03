using Breakwater.Feeds.Law;
using Breakwater.Feeds.Yaml;
using Breakwater.Signals;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Feeds;

/// <summary>What the world said: the times that matter, the series, the reports and the claims.</summary>
internal sealed class ScenarioSections(
    Fields root,
    ScenarioFolder folder,
    Origin origin,
    Place country
)
{
    private static readonly string[] Formats = ["ioda-csv", "series-csv", "mrt", "bgpdump-text"];

    public (TimeWindow Window, Instant PlanAt, Instant AsOf) Times()
    {
        var window = new TimeWindow();
        if (root.RequiredMap("window") is { } fields)
        {
            window = new TimeWindow(fields.RequiredTime("since"), fields.RequiredTime("until"));
            if (fields.Time("since") >= fields.Time("until"))
            {
                fields.Fault(
                    "until",
                    "'until' is not after 'since'",
                    "Swap them, or correct one of them"
                );
            }

            fields.Close();
        }

        Instant planAt = root.RequiredTime("planAt");
        Instant asOf = root.RequiredTime("asOf");
        bool hasAll = planAt != default && asOf != default && window.Since < window.Until;
        if (hasAll && (planAt <= window.Since || planAt > window.Until))
        {
            root.Fault(
                "planAt",
                "'planAt' is outside the window",
                "Choose a time after 'since' and not after 'until'"
            );
        }

        if (hasAll && asOf < planAt)
        {
            root.Fault("asOf", "'asOf' is before 'planAt'", "A report comes after the plan");
        }

        return (window, planAt, asOf);
    }

    public IReadOnlyList<ScenarioSeries> Series()
    {
        var series = new List<ScenarioSeries>();
        foreach (Fields one in root.Maps("series", isRequired: true))
        {
            if (!one.Has("file"))
            {
                one.Missing("file", "a name in this folder");
            }

            if (!one.Has("format"))
            {
                one.Missing("format", "ioda-csv, series-csv, mrt or bgpdump-text");
            }

            string format = one.OneOf("format", Formats) ?? "";
            Place place = one.Place("place") ?? country;
            Origin from = one.Word<Origin>("origin") ?? origin;
            Marking marking = Markings.Read(one) ?? Marking.Public;
            SeriesFormat? columns =
                format == "series-csv" ? Columns(one, place, from, marking) : null;
            IReadOnlyList<string> modelled = one.Texts("modelledColumns");
            RouteContext routes = Routes(one);
            SourceFile? file = folder.Open(one, "file", ScenarioReader.MaxSeriesBytes);
            if (file is not null)
            {
                series.Add(
                    new ScenarioSeries(format, place, from, marking, modelled, columns, file)
                    {
                        Routes = format == "bgpdump-text" ? routes : null,
                    }
                );
            }

            one.Close();
        }

        return series;
    }

    public SourceFile? Reports() => folder.Open(root, "reports", ScenarioReader.MaxReportsBytes);

    public SourceFile? Inputs() => folder.Open(root, "inputs", ScenarioReader.MaxReportsBytes);

    public IReadOnlyList<ClaimSignal> Claims()
    {
        var claims = new List<ClaimSignal>();
        foreach (Fields one in root.Maps("claims"))
        {
            var claim = new Claim(
                one.Text("kind"),
                one.TextOrNull("cause"),
                one.Word<Actor>("actor") ?? Actor.Unknown,
                one.Text("source"),
                one.Text("wording"),
                one.Range("start"),
                one.Range("end"),
                one.Word<Origin>("origin") ?? Origin.Reported
            );
            Place place = one.Place("place") ?? country;
            string? network = one.TextOrNull("network");
            string? target = one.TextOrNull("target");
            List<Place> further = Further(one);
            if (claim.Start is null)
            {
                one.Fault(
                    "start",
                    "the claim has no 'start'",
                    "Give a time, or a range { earliest, latest } as wide as what is known"
                );
            }

            if (claim is { Start: { } start, End: { } end } && end.Latest < start.Earliest)
            {
                one.Fault("end", "'end' is before 'start'", "Swap them, or correct one of them");
            }

            one.Close();
            claims.Add(
                new ClaimSignal
                {
                    Id = ContentId.Of(
                        "signal",
                        target is null && further.Count == 0
                            ? new
                            {
                                claim,
                                place,
                                network,
                            }
                            : new
                            {
                                claim,
                                place,
                                network,
                                target,
                                further,
                            }
                    ),
                    Target = target,
                    FurtherPlaces = further.Count == 0 ? null : further,
                    Source = claim.Source,
                    Family = SignalFamily.Context,
                    Place = place,
                    Network = network,
                    Origin = claim.Origin,
                    Marking = Marking.Public,
                    Evidence = [folder.At(one)],
                    Claim = claim,
                }
            );
        }

        return claims;
    }

    /// <summary>Circumstances, as somebody states them. They prove no disruption.</summary>
    public IReadOnlyList<ContextSignal> Circumstances()
    {
        var stated = new List<ContextSignal>();
        foreach (Fields one in root.Maps("circumstances"))
        {
            InstantRange? start = one.Range("start");
            if (start is null)
            {
                one.Fault(
                    "start",
                    "the circumstance has no 'start'",
                    "Give a time, or a range { earliest, latest } as wide as what is known"
                );
            }

            var signal = new ContextSignal
            {
                Id = "",
                Circumstance = one.RequiredWord<Circumstance>("kind"),
                Start = start ?? new InstantRange(default, default),
                End = one.Range("end"),
                Text = one.TextOrNull("text"),
                Source = one.Text("source"),
                Family = SignalFamily.Context,
                Place = one.Place("place") ?? country,
                Origin = one.Word<Origin>("origin") ?? Origin.Reported,
                Marking = Marking.Public,
                Evidence = [folder.At(one)],
            };
            one.Close();
            stated.Add(
                signal with
                {
                    Id = ContentId.Of(
                        "signal",
                        new
                        {
                            signal.Circumstance,
                            signal.Place,
                            signal.Start,
                            signal.End,
                            signal.Source,
                            signal.Text,
                        }
                    ),
                }
            );
        }

        return stated;
    }

    private static List<Place> Further(Fields one)
    {
        var places = new List<Place>();
        foreach (string text in one.Texts("furtherPlaces"))
        {
            if (Place.TryParse(text, out Place place))
            {
                places.Add(place);
            }
            else
            {
                one.Fault("furtherPlaces", $"'{text}' is not a place", "Write SD, or AS64500");
            }
        }

        return places;
    }

    private RouteContext Routes(Fields one) =>
        new(
            folder.Open(one, "baseline", ScenarioReader.MaxSeriesBytes),
            folder.Open(one, "vrps", ScenarioReader.MaxSeriesBytes),
            folder.Open(one, "relationships", ScenarioReader.MaxSeriesBytes),
            folder.Open(one, "expectations", ScenarioReader.MaxSeriesBytes)
        );

    /// <summary>Facts of the norms that hold at the place whatever befalls it; none that needs an assessment can stand here.</summary>
    public IReadOnlyList<AssertionSignal> Law()
    {
        var stated = new List<AssertionSignal>();
        foreach (Fields one in root.Maps("law"))
        {
            if (!one.Has("value"))
            {
                one.Missing("value", "true or false");
            }

            var signal = new AssertionSignal
            {
                Id = "",
                Fact = one.Text("fact"),
                Value = one.Truth("value", otherwise: false),
                StatedOn = PackClauses.RequiredDate(one, "stated").Last,
                Source = one.Text("source"),
                Family = SignalFamily.Context,
                Place = one.Place("place") ?? country,
                Origin = one.Word<Origin>("origin") ?? Origin.Reported,
                Marking = Marking.Public,
                Evidence = [folder.At(one)],
            };
            one.Close();
            stated.Add(
                signal with
                {
                    Id = ContentId.Of(
                        "signal",
                        new
                        {
                            signal.Fact,
                            signal.Value,
                            signal.StatedOn,
                            signal.Source,
                            signal.Place,
                        }
                    ),
                }
            );
        }

        return stated;
    }

    private static SeriesFormat Columns(Fields one, Place place, Origin origin, Marking marking)
    {
        string? zone = one.TextOrNull("timeZone");
        if (zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null)
        {
            one.Fault(
                "timeZone",
                $"'timeZone' is no IANA zone: '{zone}'",
                Nearest.Of(zone, DateTimeZoneProviders.Tzdb.Ids) is { } nearest
                    ? $"Did you mean '{nearest}'?"
                    : "Write one such as Africa/Khartoum, or leave it out for UTC"
            );
        }

        IReadOnlyList<string> values = one.Texts("valueColumns", isRequired: true);
        if (values.Distinct(StringComparer.Ordinal).Count() < values.Count)
        {
            one.Fault("valueColumns", "'valueColumns' names a column twice", "Name it once");
        }

        return new SeriesFormat
        {
            TimeColumn = one.Text("timeColumn"),
            TimeFormat = one.TextOrNull("timeFormat") ?? "iso",
            TimeZone = zone,
            ValueColumns = values,
            PlaceColumns = one.Texts("placeColumns"),
            Place = place,
            ColumnsAreNetworks = one.Truth("columnsAreNetworks", otherwise: false),
            Target = one.TextOrNull("target"),
            Family = one.RequiredWord<SignalFamily>("family"),
            Unit = one.Text("unit"),
            Origin = origin,
            Marking = marking,
            Source = one.TextOrNull("source"),
            Step = one.Number("stepMinutes", 1, 100_000, "minutes") is { } minutes
                ? Duration.FromMinutes(minutes)
                : null,
        };
    }
}

/// <summary>A marking by its distribution; the traffic light follows from it.</summary>
internal static class Markings
{
    public static Marking? Read(Fields fields) =>
        fields.Word<Distribution>("marking") switch
        {
            null => null,
            Distribution.Public => Marking.Public,
            Distribution.Partners => new Marking(Distribution.Partners, Tlp.Green),
            Distribution.Community => new Marking(Distribution.Community, Tlp.Amber),
            Distribution.Group => new Marking(Distribution.Group, Tlp.AmberStrict),
            Distribution.Sealed => Marking.Sealed,
            { } other => throw new InvalidOperationException($"no traffic light for {other}"),
        };
}
