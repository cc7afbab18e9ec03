using System.Text.Json;
using Breakwater.Vocabulary;

namespace Breakwater.App;

/// <summary>Where a verb writes: products to standard output, progress and faults to standard error.</summary>
public sealed class Printing(TextWriter output, TextWriter error, bool isTerminal)
{
    /// <summary>The same with everything on standard error, where standard output belongs to another program.</summary>
    public Printing Aside() => new(error, error, isTerminal);

    public void Line(string text = "") => output.WriteLine(Visible(text));

    public void Json(object document) =>
        output.WriteLine(
            JsonSerializer.Serialize(document, document.GetType(), Vocabulary.Json.Indented)
        );

    /// <summary>A line that is read as soon as it is written, by a person or a program that follows.</summary>
    public void LineNow(string text)
    {
        output.WriteLine(Visible(text));
        output.Flush();
    }

    /// <summary>A document on a line of its own, readable at once.</summary>
    public void JsonLine(object document)
    {
        output.WriteLine(
            JsonSerializer.Serialize(document, document.GetType(), Vocabulary.Json.Compact)
        );
        output.Flush();
    }

    public void Fault(string line) => error.WriteLine(Visible(line));

    /// <summary>A line that replaces the one before it, on a terminal only: logs get no progress.</summary>
    public void Progress(string text)
    {
        if (isTerminal)
        {
            error.Write($"\r{text, -60}");
            error.Flush();
        }
    }

    public void ProgressDone()
    {
        if (isTerminal)
        {
            error.Write($"\r{"", -60}\r");
            error.Flush();
        }
    }

    /// <summary>Damaged input that was skipped, on standard error, so that nothing is lost in silence.</summary>
    /// <param name="most">More are counted: a finding must not drown behind them.</param>
    public void Faults(IEnumerable<InputFault> faults, int most = int.MaxValue)
    {
        int more = 0;
        foreach (InputFault fault in faults)
        {
            if (most-- > 0)
            {
                error.WriteLine(Visible($"skipped: {fault}"));
            }
            else
            {
                more++;
            }
        }

        if (more > 0)
        {
            error.WriteLine($"skipped: {more} more (--json lists them)");
        }
    }

    /// <summary>What a damaged or hostile input holds must neither steer the terminal nor turn the line (UAX 9).</summary>
    private static string Visible(string line) =>
        string.Create(
            line.Length,
            line,
            static (shown, line) =>
            {
                for (int at = 0; at < shown.Length; at++)
                {
                    shown[at] = IsSteering(line[at]) ? '\uFFFD' : line[at];
                }
            }
        );

    private static bool IsSteering(char letter) =>
        (char.IsControl(letter) && letter is not ('\n' or '\t'))
        || letter is (>= '\u202A' and <= '\u202E') or '\u2028' or '\u2029';
}
