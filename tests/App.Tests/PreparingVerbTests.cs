using Xunit;

namespace Breakwater.App.Tests;

/// <summary><c>agreements</c> and <c>checklist</c> on the command line.</summary>
public sealed class PreparingVerbTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Fact]
    public void A_file_of_agreements_with_a_circle_does_not_hold()
    {
        string file = _line.Write(
            "agreements.yaml",
            """
            agreements:
              - id: fuel
                name: Fuel
                kind: fuel-priority
                parties:
                  - {name: An operator, class: private-sector}
                  - {name: A supplier, class: private-sector}
                places: [SD]
                action: Exchanges get fuel first
                from: 2026-01-01T00:00:00Z
                trigger: [{all: [{agreement: fuel}]}]
            """
        );
        CommandLineRun run = _line.Run("agreements", "verify", file);
        Assert.Equal(ExitCode.DoesNotHold, run.ExitCode);
        Assert.Contains(
            "not in force: An operator, A supplier did not sign",
            run.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "line 2: the trigger of 'fuel' waits for the agreement itself",
            run.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_file_that_is_none_is_refused_with_its_line() =>
        Assert.Contains(
            "line 1",
            _line
                .Run("agreements", "verify", _line.Write("odd.yaml", "- a"))
                .Refusal(ExitCode.Usage),
            StringComparison.Ordinal
        );

    [Fact]
    public void What_is_asked_is_told_in_three_languages()
    {
        Assert.Contains(
            "Is a national emergency telecommunication plan in force?",
            _line.Run("checklist", "items").Done().Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Un plan national de télécommunications",
            _line.Run("checklist", "items", "--lang", "fr").Done().Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_word_that_is_no_country_is_refused() =>
        Assert.Contains(
            "Sudan is no code of a country",
            _line.Run("checklist", "show", "Sudan").Refusal(ExitCode.Usage),
            StringComparison.Ordinal
        );
}
