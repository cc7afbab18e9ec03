using System.Text.RegularExpressions;
using Breakwater.Decisions.Clearances;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.Decisions.Dossiers;

/// <summary>What must hold before anything is done to an item.</summary>
internal static partial class ItemRules
{
    private const int UrlMax = 2_000;

    /// <summary>The item of a dossier that takes steps, and a reason for the step; or why not.</summary>
    public static Refusal? WhyNot(
        Dossier? state,
        string? itemId,
        string? reason,
        Participant by,
        Instant now
    ) =>
        state is null
            ? Checks.Missing("dossier")
            : Checks.Id(itemId, "the item")
                ?? Wanting.Text("the reason", reason)
                ?? Checks.Order(state.ChangedAt, now)
                ?? (
                    by.Organisation is null
                        ? Refusal.NotAllowed("only a member of an organisation can do this")
                    : state.Item(itemId) is not { } item || !IsFor(item, by)
                        ? Refusal.Invalid("there is no such item in this dossier")
                    : item.Withdrawn is not null
                        ? Refusal.WrongState("the item is withdrawn; it stays as it is")
                    : item.Custody.Count >= DossierItem.CustodyMax
                        ? Refusal.TooMuch(
                            $"an item has at most {DossierItem.CustodyMax} steps of custody"
                        )
                    : null
                );

    /// <summary>
    /// What is more closely held than in the community is acted on by those alone who have it, or were offered it: others need not
    /// even learn that it is there.
    /// </summary>
    private static bool IsFor(DossierItem item, Participant by) =>
        by.Organisation == item.Holder.Organisation
        || by.Organisation == item.Offered?.To.Organisation
        || item.Marking
            is {
                Distribution: <= Distribution.Community,
                Tlp: <= Tlp.Green,
                Group: null,
                Organisation: null
            };

    /// <summary>The same, for what only the organisation that has custody may do.</summary>
    public static Refusal? WhyNotOwn(
        Dossier? state,
        string? itemId,
        string? reason,
        Participant by,
        Instant now
    ) =>
        WhyNot(state, itemId, reason, by, now)
        ?? (
            state!.Item(itemId)!.Holder.Organisation == by.Organisation
                ? null
                : Refusal.NotAllowed(
                    "only the organisation that has the item in custody can do this"
                )
        );

    /// <summary>Acts are told by the role in which they were done.</summary>
    public static Refusal? As(Participant by, Role role, string what) =>
        Checks.Known(role, what)
        ?? (
            by.Is(role)
                ? null
                : Refusal.NotAllowed($"you do not have the role that you name as {what}")
        );

    public static Refusal? Name(string? name) =>
        Wanting.Name("the name of the file", name)
        ?? (
            name!.AsSpan().IndexOfAny("/\\\0\r\n") >= 0 || name is "." or ".."
                ? Refusal.Invalid("the name of the file is no path; leave the folders out")
                : null
        );

    public static Refusal? MediaTypeOf(string? text) =>
        text is not null && MediaType().IsMatch(text)
            ? null
            : Refusal.Invalid("the media type is of the form kind/type, such as image/png");

    public static Refusal? Hash(string? text, int digits, string what) =>
        text?.Length == digits && text.All(char.IsAsciiHexDigitLower)
            ? null
            : Refusal.Invalid($"{what} has {digits} hexadecimal digits in lower case");

    /// <summary>Octets are named by both hashes: who states the second has them.</summary>
    public static Refusal? Had(KeptOctets? kept, string? sha512) =>
        kept is null || kept.Sha512 == sha512
            ? null
            : Refusal.Invalid(
                "sha512 is not that of the octets with this sha256; state both hashes, of the same octets, as the answer to handing them in gave them"
            );

    public static Refusal? Address(string? text, string what) =>
        text is { Length: > 0 and <= UrlMax }
        && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
        && Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && address.Scheme is "https" or "http"
        && address.UserInfo.Length == 0
            ? null
            : Refusal.Invalid(
                $"{what} is an address that begins with https:// or http://, without a name or password in it, and has at most {UrlMax} characters"
            );

    /// <summary>A code that somebody keeps apart from the name that it stands for.</summary>
    public static Refusal? CodeOf(string? text, string what) =>
        text is not null && Pseudonym().IsMatch(text)
            ? null
            : Refusal.Invalid(
                $"{what} is a pseudonymous code of 2 to 60 letters, digits, dots and dashes; never a name, and no address"
            );

    public static Refusal? FactOf(string? text) =>
        text is not null && FactId().IsMatch(text)
            ? null
            : Refusal.Invalid("a fact is named by its id, such as m.blanket");

    [GeneratedRegex("^[a-z]+/[a-z0-9][a-z0-9.+-]{0,79}$", RegexOptions.CultureInvariant)]
    private static partial Regex MediaType();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{1,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex Pseudonym();

    [GeneratedRegex("^[a-z]{1,20}\\.[a-z0-9_]{1,60}$", RegexOptions.CultureInvariant)]
    private static partial Regex FactId();
}
