using Breakwater.Bench.Accuracy.Detectors;
using Breakwater.Bench.Accuracy.Metrics;
using Breakwater.Bench.Accuracy.Reports;
using Breakwater.Bench.Accuracy.Sets;
using NodaTime;
using ScottPlot;

namespace Breakwater.Bench.Accuracy.Plots;

/// <summary>The report as pictures. Shape and shade carry what colour does, and each has a table with the same numbers.</summary>
internal static class Charts
{
    private const int Width = 900;
    private const int Height = 480;

    private static readonly MarkerShape[] _markers =
    [
        MarkerShape.FilledCircle,
        MarkerShape.FilledSquare,
        MarkerShape.OpenSquare,
        MarkerShape.OpenTriangleUp,
        MarkerShape.OpenDiamond,
        MarkerShape.Eks,
    ];

    // From dark to light, so that they keep apart without colour (Okabe and Ito's blue and orange among them).
    private static readonly Color[] _colours =
    [
        Color.FromHex("#000000"),
        Color.FromHex("#555555"),
        Color.FromHex("#0072B2"),
        Color.FromHex("#009E73"),
        Color.FromHex("#56B4E9"),
        Color.FromHex("#E69F00"),
    ];

    /// <summary>F1 and false alarms of each detector, with intervals, for each set that has them.</summary>
    public static void Compare(IReadOnlyList<Section> sections, string folder)
    {
        Number[] all = [.. sections.SelectMany(section => section.Numbers)];
        var plot = new Plot();
        plot.Title("F1 by set and detector, with 95 % intervals");
        Points(plot, all, Measure.F1.Name);
        plot.Axes.SetLimitsY(0, 1.05);
        Save(plot, folder, "compared");
        var wrong = new Plot();
        wrong.Title("False alarms in a quiet month of one place, with 95 % intervals");
        Points(wrong, all, Measure.FalsePerMonth.Name);
        Save(wrong, folder, "false-alarms");
    }

    /// <summary>What share of cuts of each depth is found.</summary>
    public static void ByDepth(IReadOnlyList<SetScores> scores, string folder)
    {
        var plot = new Plot();
        plot.Title("Cuts found within the tolerance, by depth (synthetic and injected)");
        plot.XLabel("depth of the cut, % of the level");
        plot.YLabel("share found");
        foreach ((int index, string peer, CaseScore[] cases) in ByPeer(scores))
        {
            (double Depth, double Found)[] points =
            [
                .. cases
                    .Where(score => score.Case.Traits.ContainsKey("depth"))
                    .GroupBy(score =>
                        double.Parse(
                            score.Case.Traits["depth"].Split(' ')[0],
                            System.Globalization.CultureInfo.InvariantCulture
                        )
                    )
                    .OrderBy(group => group.Key)
                    .Select(group =>
                        (
                            group.Key,
                            Measure.Recall.Of(Tally.Sum(group.Select(score => score.Whole))) ?? 0
                        )
                    ),
            ];
            Line(plot, points, index, peer);
        }

        plot.Axes.SetLimitsY(-0.02, 1.05);
        plot.ShowLegend(Edge.Right);
        Save(plot, folder, "by-depth");
    }

    /// <summary>What share of all events is known by how many hours after the onset.</summary>
    public static void Delays(IReadOnlyList<SetScores> scores, string folder)
    {
        var plot = new Plot();
        plot.Title("Events known so many hours after their onset (synthetic and injected)");
        plot.XLabel("hours after the onset");
        plot.YLabel("share of all events");
        foreach ((int index, string peer, CaseScore[] cases) in ByPeer(scores))
        {
            var sum = Tally.Sum(cases.Select(score => score.Whole));
            double[] delays = [.. sum.DelayMinutes.Order()];
            (double Hours, double Share)[] points =
            [
                (0, 0),
                .. delays.Select(
                    (minutes, i) => (minutes / 60, (i + 1.0) / Math.Max(1, sum.Events))
                ),
            ];
            Line(plot, points, index, peer).ConnectStyle = ConnectStyle.StepHorizontal;
        }

        plot.Axes.SetLimits(0, 24, -0.02, 1.05);
        plot.ShowLegend(Alignment.LowerRight);
        Save(plot, folder, "delay");
    }

    /// <summary>When each detector has an alarm open, beside the labelled event.</summary>
    public static void Timeline(SetScores scores, string folder)
    {
        Case item = scores.Set.Cases[0];
        var plot = new Plot();
        plot.Title("Alarms of each detector beside the labelled shutdown (UTC)");
        List<Tick> ticks = [new Tick(0, "labelled")];
        Bar(
            plot,
            0,
            Hours(item.Labels[0].Onset.Latest),
            Hours(item.Labels[0].End!.Value),
            Color.FromHex("#000000")
        );
        int row = 1;
        foreach ((Peer peer, _) in scores.Scores)
        {
            ticks.Add(new Tick(-row, peer.Name));
            foreach (
                Alarm alarm in peer.Detect(item.Series)
                    .Alarms.Where(alarm => alarm.Confidence >= 0.5)
            )
            {
                Bar(
                    plot,
                    -row,
                    Hours(alarm.From),
                    Hours(alarm.To ?? item.Scored.Until),
                    Color.FromHex(peer.Name == Peers.Ours ? "#0072B2" : "#808080")
                );
            }

            row++;
        }

        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. ticks]);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([
            .. Windows
                .Days(item.Scored)
                .Where((_, i) => i % 7 == 0)
                .Select(day => new Tick(
                    Hours(day.Since),
                    day.Since.ToString("d MMM", System.Globalization.CultureInfo.InvariantCulture)
                )),
        ]);
        plot.Axes.SetLimits(Hours(item.Scored.Since), Hours(item.Scored.Until), -row + 0.4, 0.6);
        Save(plot, folder, "iran-2026-01-alarms");
    }

    /// <summary>Areas where they lie, by what became of them. The table of the report has the same rows.</summary>
    public static void Map(IReadOnlyList<AreaRow> rows, string folder)
    {
        (AreaState State, MarkerShape Shape, string Colour, float Size)[] looks =
        [
            (AreaState.DarkBefore, MarkerShape.FilledDiamond, "#7A0000", 13),
            (AreaState.DarkWithTheCountry, MarkerShape.FilledCircle, "#303030", 10),
            (AreaState.DarkLater, MarkerShape.FilledSquare, "#808080", 10),
            (AreaState.Impaired, MarkerShape.OpenTriangleUp, "#0072B2", 14),
            (AreaState.StayedUp, MarkerShape.OpenCircle, "#0072B2", 14),
            (AreaState.Unknown, MarkerShape.Eks, "#000000", 10),
        ];
        var plot = new Plot();
        plot.Title("Iran, 16 November 2019: which areas went dark, and which stayed up");
        plot.XLabel("longitude, degrees east");
        plot.YLabel("latitude, degrees north");
        foreach ((AreaState state, MarkerShape shape, string colour, float size) in looks)
        {
            AreaRow[] those = [.. rows.Where(row => row.State == state)];
            if (those.Length == 0)
            {
                continue;
            }

            ScottPlot.Plottables.Markers markers = plot.Add.Markers(
                those.Select(row => row.Area.Longitude).ToArray(),
                those.Select(row => row.Area.Latitude).ToArray(),
                shape,
                size,
                Color.FromHex(colour)
            );
            markers.LegendText = $"{AreaTable.Words(state)}: {those.Length}";
            if (state != AreaState.DarkWithTheCountry)
            {
                foreach (AreaRow row in those)
                {
                    ScottPlot.Plottables.Text label = plot.Add.Text(
                        row.Area.Series.Place.Area![^1],
                        row.Area.Longitude + 0.15,
                        row.Area.Latitude
                    );
                    label.LabelFontSize = 11;
                    label.LabelAlignment = Alignment.MiddleLeft;
                }
            }
        }

        plot.ShowLegend(Alignment.UpperRight);
        Save(plot, folder, "iran-2019-11-map", 900, 760);
    }

    private static void Points(Plot plot, Number[] numbers, string measure)
    {
        Number[] shown =
        [
            .. numbers.Where(number =>
                number.Measure == measure && number.Estimate.Value is not null
            ),
        ];
        string[] sets = [.. shown.Select(number => number.Set).Distinct()];
        string[] peers = [.. shown.Select(number => number.Detector).Distinct()];
        for (int peer = 0; peer < peers.Length; peer++)
        {
            Color colour = _colours[peer % _colours.Length];
            List<double> xs = [];
            List<double> ys = [];
            foreach (Number number in shown.Where(number => number.Detector == peers[peer]))
            {
                double x =
                    Array.IndexOf(sets, number.Set) + ((peer - ((peers.Length - 1) / 2.0)) * 0.12);
                xs.Add(x);
                ys.Add(number.Estimate.Value!.Value);
                if (number.Estimate is { Low: { } low, High: { } high })
                {
                    ScottPlot.Plottables.LinePlot line = plot.Add.Line(x, low, x, high);
                    line.LineColor = colour;
                    line.LineWidth = 2;
                    line.MarkerSize = 0;
                }
            }

            ScottPlot.Plottables.Markers markers = plot.Add.Markers(
                xs.ToArray(),
                ys.ToArray(),
                _markers[peer % _markers.Length],
                10,
                colour
            );
            markers.LegendText = peers[peer];
        }

        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([
            .. sets.Select((set, i) => new Tick(i, set)),
        ]);
        plot.Axes.SetLimitsX(-0.6, sets.Length - 0.4);
        plot.ShowLegend(Edge.Right);
    }

    private static IEnumerable<(int Index, string Peer, CaseScore[] Cases)> ByPeer(
        IReadOnlyList<SetScores> scores
    )
    {
        SetScores[] made = [.. scores.Where(score => score.Set.Origin != LabelOrigin.Real)];
        return made[0]
            .Scores.Select(
                (item, i) =>
                    (i, item.Peer.Name, made.SelectMany(set => set.Scores[i].Scores).ToArray())
            );
    }

    private static ScottPlot.Plottables.Scatter Line(
        Plot plot,
        (double X, double Y)[] points,
        int index,
        string name
    )
    {
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(
            points.Select(point => point.X).ToArray(),
            points.Select(point => point.Y).ToArray(),
            _colours[index % _colours.Length]
        );
        line.MarkerShape = _markers[index % _markers.Length];
        line.MarkerSize = points.Length > 30 ? 3 : 9;
        line.LineWidth = index == 0 ? 3 : 1.5f;
        line.LegendText = name;
        return line;
    }

    private static void Bar(Plot plot, double y, double from, double to, Color colour)
    {
        ScottPlot.Plottables.Rectangle bar = plot.Add.Rectangle(from, to, y - 0.3, y + 0.3);
        bar.FillColor = colour;
        bar.LineWidth = 0;
    }

    private static double Hours(Instant at) => at.ToUnixTimeSeconds() / 3600.0;

    private static void Save(
        Plot plot,
        string folder,
        string name,
        int width = Width,
        int height = Height
    )
    {
        plot.SavePng(Path.Combine(folder, $"{name}.png"), width, height);
        plot.SaveSvg(Path.Combine(folder, $"{name}.svg"), width, height);
    }
}
