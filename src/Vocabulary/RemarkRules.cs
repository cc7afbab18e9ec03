namespace Breakwater.Vocabulary;

/// <summary>What holds for remarks on any text that is put before people in numbered paragraphs; null where nothing stands against it.</summary>
public static class RemarkRules
{
    public const int OfOnePersonMax = 30;
    public const int LengthMax = 2_000;

    public static Refusal? Short(string? text, string what) =>
        Checks.Needed(text, what)
        ?? (
            text!.Length > LengthMax
                ? Refusal.Invalid($"{what} is longer than {LengthMax} characters")
                : null
        );

    public static Refusal? WhyNotOn(IReadOnlyList<NumberedParagraph> paragraphs, string? id)
    {
        ArgumentNullException.ThrowIfNull(paragraphs);
        return paragraphs.Any(each => each.Id == id)
            ? null
            : Refusal.Invalid(
                $"the latest version has no such paragraph; it has {string.Join(", ", paragraphs.Select(each => each.Id))}"
            );
    }

    /// <summary>Organisations and voices have room of their own, so that many voices cannot keep an organisation's dissent out.</summary>
    public static Refusal? WhyTooMuch(
        IReadOnlyList<Remark> remarks,
        Participant by,
        bool isVoice,
        int countMax
    )
    {
        ArgumentNullException.ThrowIfNull(by);
        return remarks.Count(one => one.By == by.Person) >= OfOnePersonMax
                ? Refusal.TooMuch($"you have said {OfOnePersonMax} things of it already")
            : remarks.Count(one => one.IsVoice == isVoice) >= countMax
                ? Refusal.TooMuch($"{countMax} things were said of it already")
            : null;
    }

    /// <summary>True when the person has said the same already, and it stands.</summary>
    public static bool IsSaid(
        IReadOnlyList<Remark> remarks,
        Participant by,
        RemarkKind kind,
        string? paragraph,
        string? text,
        string? alternative
    )
    {
        ArgumentNullException.ThrowIfNull(by);
        return remarks.Any(one =>
            one.Stands
            && one.By == by.Person
            && one.Kind == kind
            && one.Paragraph == paragraph
            && one.Text == text
            && one.Alternative == alternative
        );
    }

    /// <summary>A dissent is printed, never answered away.</summary>
    public static Refusal? WhyNotAnswered(Remark? remark, int number) =>
        remark is not { Stands: true } ? Refusal.Invalid($"no remark {number} stands")
        : remark.Kind == RemarkKind.Dissent
            ? Refusal.Invalid("a dissent is printed as it is; nobody answers it away")
        : null;

    /// <param name="takenUpIn">Null when no version took it up.</param>
    /// <param name="latest">Number of the latest version.</param>
    public static Refusal? WhyNotTakenUp(Remark remark, int? takenUpIn, int latest)
    {
        ArgumentNullException.ThrowIfNull(remark);
        return takenUpIn is { } version && (version <= remark.Version || version > latest)
            ? Refusal.Invalid(
                $"it was said of version {remark.Version}, so a later one that stands took it up; {latest} is the latest"
            )
            : null;
    }
}
