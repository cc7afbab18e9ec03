using System.Globalization;
using Breakwater.Bench.Accuracy.Metrics;

namespace Breakwater.Bench.Accuracy.Reports;

/// <summary>One number of the report.</summary>
public sealed record Number(string Set, string Detector, string Measure, Estimate Estimate)
{
    /// <summary>The value with its interval: <c>0.93 [0.81, 1.00]</c>, a letter where the interval is no bootstrap.</summary>
    public string Text => TextOf(Estimate);

    public static string TextOf(Estimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return estimate switch
        {
            { Value: null } => "–",
            { Low: null } => $"{Digits(estimate.Value.Value)} (no interval)",
            _ =>
                $"{Digits(estimate.Value.Value)} [{Digits(estimate.Low.Value)}, {Digits(estimate.High!.Value)}]{Mark(estimate.Method)}",
        };
    }

    private static string Mark(IntervalMethod method) =>
        method switch
        {
            IntervalMethod.Wilson => " w",
            IntervalMethod.Poisson => " p",
            _ => "",
        };

    public static string Digits(double value) =>
        value.ToString(
            Math.Abs(value) >= 100 ? "0"
                : Math.Abs(value) >= 10 ? "0.0"
                : "0.00",
            CultureInfo.InvariantCulture
        );
}

/// <summary>A part of the report.</summary>
/// <param name="Lines">Markdown below the title.</param>
public sealed record Section(
    string Title,
    IReadOnlyList<string> Lines,
    IReadOnlyList<Number> Numbers
);
