using System.Net;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Signals.Reporting;

/// <summary>Anybody hands in a report; no account is needed and none is noted.</summary>
/// <param name="Hand">A short-lived keyed mark of the way it came in; an address is refused.</param>
/// <param name="Input">SHA-256 of the file it was read from; null for a form.</param>
/// <param name="Marking">Null for the community; never public.</param>
public sealed record ReceiveReport(
    string Id,
    ReportChannel Channel,
    Place Place,
    GridCell? Cell,
    string? Network,
    Service? Service,
    ServiceState State,
    Instant ObservedAt,
    ObserverKind Observer,
    SealedWords? Words = null,
    SealedField? Contact = null,
    CodeWordHash? CodeWord = null,
    string? Hand = null,
    string? Input = null,
    Marking? Marking = null
)
{
    /// <summary>What a report's facts are marked when nothing narrower is said.</summary>
    public static Marking Usual { get; } = new(Distribution.Community, Tlp.Green);

    /// <summary>What its words are marked when nothing narrower is said.</summary>
    public static Marking UsualForWords { get; } = new(Distribution.Group, Tlp.Amber);

    private const int NetworkMax = 120;

    private const int BoxMax = 16_000;

    private const int NameMax = 200;

    public static Decided<FieldReportEvent> Decide(
        FieldReport? report,
        ReceiveReport command,
        Participant by,
        Instant now
    )
    {
        ArgumentNullException.ThrowIfNull(command);
        Place? place = ReportPlace.Coarsen(command.Place);
        string? reason = report is not null
            ? "there is a report with that id"
            : WhyNot(command, place, now);
        return reason is not null
            ? Refusal.Invalid(reason)
            : new ReportReceived(
                command.Id,
                command.Channel,
                place!,
                Snapped(command.Cell),
                command.Network is { } network ? Wording.Shorten(network, NetworkMax) : null,
                command.Service,
                command.State,
                command.ObservedAt,
                command.Observer,
                command.Words,
                command.Contact,
                command.CodeWord,
                command.Hand,
                command.Input,
                Origin.Reported,
                command.Marking ?? Usual,
                now
            );
    }

    private static string? WhyNot(ReceiveReport command, Place? place, Instant now) =>
        !IsWord(command.Id) ? "the id is empty, too long or has a stroke or space"
        : place is null ? "the place is none, or closer than an area: name a country and an area"
        : !Enum.IsDefined(command.Channel)
        || !Enum.IsDefined(command.State)
        || !Enum.IsDefined(command.Observer)
        || (command.Service is { } service && !Enum.IsDefined(service))
            ? "the channel, service, state or observer is none of the known ones"
        : command.Network is { Length: > 10 * NetworkMax } ? "the name of the network is too long"
        : command.Cell is { } cell && Snapped(cell) is null ? "the cell is none on the earth"
        : ReportRules.WhyNot(command.ObservedAt, now)
            ?? WhyNot(command.Words)
            ?? (
                command.Contact is { } contact && !IsBox(contact) ? "the contact is not sealed"
                : command.Hand is { } hand && !IsMark(hand)
                    ? "the hand is no mark, or it is an address"
                : command.Input is { } input
                && !(input.Length == 64 && input.All(char.IsAsciiHexDigitLower))
                    ? "the input is no SHA-256"
                : command.CodeWord is { } word
                && (
                    word.Salt is not { Length: <= NameMax }
                    || word.Hash is not { Length: <= NameMax }
                )
                    ? "the code word is not hashed"
                : command.Marking is { Distribution: Distribution.Public }
                    ? "a report is never public as it comes in"
                : null
            );

    private static string? WhyNot(SealedWords? words) =>
        words is null ? null
        : words.Text is null || !IsBox(words.Text) ? "the words are not sealed"
        : words.Language is { Length: > 0 } language && LanguageTag.Read(language) is null
            ? "the language is no language tag, such as en or ar"
        : words.Marking is not { Distribution: >= Distribution.Group }
            ? "words go no further than a group"
        : null;

    /// <summary>Snapped again from its middle, so that no cell of a caller's own making is finer than the grid.</summary>
    private static GridCell? Snapped(GridCell? cell) =>
        cell is null
            ? null
            : GridCell.Of(
                (cell.South + cell.North) / 2,
                (cell.West + cell.East) / 2,
                ReportPlace.CellKm
            );

    private static bool IsWord(string? text) =>
        !string.IsNullOrWhiteSpace(text)
        && text.Length <= NameMax
        && !text.Any(letter =>
            letter == '/' || char.IsWhiteSpace(letter) || char.IsControl(letter)
        );

    private static bool IsBox(SealedField field) =>
        field.Key is { Length: > 0 and <= NameMax } && field.Box is { Length: > 0 and <= BoxMax };

    private static bool IsMark(string hand) =>
        IsWord(hand)
        && hand.Length <= 64
        && !IPAddress.TryParse(hand, out _)
        && !hand.Contains('@');
}
