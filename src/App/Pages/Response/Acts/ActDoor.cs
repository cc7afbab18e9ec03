using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Sealing;
using Breakwater.App.Subjects;
using Breakwater.Records;
using Microsoft.AspNetCore.Antiforgery;
using NodaTime;

namespace Breakwater.App.Pages.Response.Acts;

/// <summary>
/// Forms for every command, carried out as the API carries them out: the same table, the same roles, the same rules, the same
/// versions and keys. A form that comes back keeps what was typed.
/// </summary>
internal sealed class ActDoor(
    Acting acting,
    Callers callers,
    Reading reading,
    KnownCustody custodies,
    IClock clock
)
{
    private const int KeyLettersMax = 100;
    private static readonly Duration _onceFor = Duration.FromHours(24);
    private static readonly Dictionary<string, string> _nothingWrong = [];

    public async Task Show(Visit visit, SubjectKind kind, CommandKind command)
    {
        Caller caller = await callers.Of(visit.Http).ConfigureAwait(false);
        Seen? seen = null;
        if (!command.IsStart)
        {
            seen = await reading.One(visit, kind, caller).ConfigureAwait(false);
            if (seen is null)
            {
                await Reading.NotFound(visit).ConfigureAwait(false);
                return;
            }
        }

        var entered = Entered.Of(
            visit.Http.Request.Query,
            command,
            seen,
            caller.Participant,
            clock.GetCurrentInstant()
        );
        Problem? refused = caller.WhyNot(kind, command);
        await visit
            .Show(
                ActPage.Write(
                    visit,
                    kind,
                    command,
                    caller,
                    seen,
                    entered,
                    FreshKey(),
                    null,
                    _nothingWrong
                ),
                refused?.Status ?? StatusCodes.Status200OK
            )
            .ConfigureAwait(false);
    }

    public async Task Send(Visit visit, SubjectKind kind, CommandKind command)
    {
        HttpContext http = visit.Http;
        (visit, CameBack? unproven) = await Proven(visit).ConfigureAwait(false);
        Caller caller = await callers.Of(http).ConfigureAwait(false);
        Seen? seen = null;
        if (!command.IsStart)
        {
            seen = await reading.One(visit, kind, caller).ConfigureAwait(false);
            if (seen is null)
            {
                await Reading.NotFound(visit).ConfigureAwait(false);
                return;
            }
        }

        var sent = new Sent(visit, kind, command, caller, seen, Entered.Of(visit.Fields));
        if (unproven is not null)
        {
            await Back(sent, unproven).ConfigureAwait(false);
            return;
        }

        if (caller.WhyNot(kind, command) is { } refused)
        {
            await Back(
                    sent,
                    new CameBack(
                        caller.SignedIn is null ? "sign-in" : "not-allowed",
                        refused.Status
                    )
                )
                .ConfigureAwait(false);
            return;
        }

        await Do(sent).ConfigureAwait(false);
    }

    /// <summary>The visit with what its form sent, and why it is not believed; null when this site made the form for this visitor.</summary>
    public static async Task<(Visit Visit, CameBack? Why)> Proven(Visit visit)
    {
        bool isOurs = false;
        try
        {
            if (visit.Http.Request.HasFormContentType)
            {
                visit = visit with
                {
                    Fields = await visit
                        .Http.Request.ReadFormAsync(visit.Cancel)
                        .ConfigureAwait(false),
                };
                isOurs = await visit
                    .Get<IAntiforgery>()
                    .IsRequestValidAsync(visit.Http)
                    .ConfigureAwait(false);
            }
        }
        catch (BadHttpRequestException fault)
            when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (visit, new CameBack(CameBack.TooLong, fault.StatusCode));
        }
        catch (Exception fault) when (fault is InvalidDataException or BadHttpRequestException)
        {
            // Not what a browser sends: without proof it goes no further.
        }

        return (visit, isOurs ? null : new CameBack("proof", StatusCodes.Status400BadRequest));
    }

    private async Task Do(Sent sent)
    {
        string key = Key(sent.Visit);
        string id = sent.Command.IsStart ? FreshId() : sent.Seen!.Id;
        using var sealing = new SealingOnEntry(
            await custodies.Find(sent.Visit.Cancel).ConfigureAwait(false),
            sent.Kind.Subject(id)
        );
        var read = new FormReading(sent.Entered, sealing);
        if (read.Read(sent.Command, id, FreshOf(key)) is not { } request)
        {
            await Back(
                    sent,
                    sealing.Refusal is { } refusal
                        ? CameBack.Of(refusal)
                        : new CameBack("fields", StatusCodes.Status422UnprocessableEntity),
                    read.Wrong
                )
                .ConfigureAwait(false);
            return;
        }

        id = sent.Command.IdOf is { } idOf ? idOf(request) ?? id : id;
        Acted acted;
        try
        {
            acted = await acting
                .Do(
                    sent.Kind,
                    sent.Command,
                    id,
                    sent.Command.IsStart ? null : Version(sent.Visit),
                    request,
                    sent.Caller.Participant,
                    OnceOf(sent, key),
                    sealing.Keys,
                    null,
                    sent.Visit.Cancel
                )
                .ConfigureAwait(false);
        }
        catch (RecordsFault fault)
        {
            sent.Visit.Get<Trouble>().Tell(fault);
            await Back(sent, new CameBack("away", StatusCodes.Status503ServiceUnavailable))
                .ConfigureAwait(false);
            return;
        }

        await (
            acted switch
            {
                Done done => Went(sent, done),
                Refused refused => Back(sent, CameBack.Of(refused.Refusal)),
                Stale => Back(sent, new CameBack("stale", StatusCodes.Status412PreconditionFailed)),
                KeyUsed => Back(
                    sent,
                    new CameBack("key-used", StatusCodes.Status422UnprocessableEntity)
                ),
                _ => Reading.NotFound(sent.Visit),
            }
        ).ConfigureAwait(false);
    }

    /// <summary>On to what it made or changed; what somebody did and may not read leads back to the list.</summary>
    private async Task Went(Sent sent, Done done)
    {
        // Membership may have changed with it, and so may what this person sees.
        Caller caller = await callers.Of(sent.Visit.Http).ConfigureAwait(false);
        string path =
            done.Document is { } document
            && Representation.May(caller.Reader, document, clock.GetCurrentInstant())
                ? Addresses.Of(sent.Kind, document.Subject[(sent.Kind.Kind.Length + 1)..])
                : Addresses.Of(sent.Kind);
        // A page that asks one thing after another has its own next step.
        await (
            sent.Visit.Field("back").Length > 0
                ? sent.Visit.Go($"{sent.Visit.Back}&done={sent.Command.Name}")
                : sent.Visit.Go($"{path}?done={sent.Command.Name}")
        ).ConfigureAwait(false);
    }

    private async Task Back(
        Sent sent,
        CameBack why,
        IReadOnlyDictionary<string, string>? wrong = null
    )
    {
        Seen? seen = sent.Seen;
        if (seen is not null && why.Key != "away")
        {
            seen = await reading.One(sent.Visit, sent.Kind, sent.Caller).ConfigureAwait(false);
        }

        await sent
            .Visit.Show(
                ActPage.Write(
                    sent.Visit,
                    sent.Kind,
                    sent.Command,
                    sent.Caller,
                    seen,
                    sent.Entered,
                    // What may have been done already is sent again under its own key.
                    why.Key == "away"
                        ? Key(sent.Visit)
                        : FreshKey(),
                    why,
                    wrong ?? _nothingWrong
                ),
                why.Status
            )
            .ConfigureAwait(false);
    }

    private Once OnceOf(Sent sent, string key) =>
        new(
            Digest($"form\n{sent.Caller.Participant.Person}\n{key}"),
            DigestOf(sent.Visit, key),
            clock.GetCurrentInstant() + _onceFor
        );

    /// <summary>
    /// Of all that a form sent, with its key, of which the store has a hash only: a plain hash of a short text is a way to
    /// guess it.
    /// </summary>
    public static string DigestOf(Visit visit, string key)
    {
        string body = string.Join(
            '\n',
            visit
                .Fields.Where(field => field.Key is not (Form.Proof or "key"))
                .OrderBy(field => field.Key, StringComparer.Ordinal)
                .Select(field => $"{field.Key}={field.Value}")
        );
        return Digest($"{key}\n{visit.Http.Request.Path}\n{body}");
    }

    public static string Key(Visit visit) =>
        visit.Field("key") is { Length: > 0 and <= KeyLettersMax } key ? key : FreshKey();

    /// <summary>A form without the version that was seen is as stale as one can be.</summary>
    private static long Version(Visit visit) =>
        long.TryParse(
            visit.Field(Form.SeenVersion),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out long version
        )
            ? version
            : -1;

    public static string FreshKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static string FreshId() =>
        Guid.CreateVersion7().ToString("n", CultureInfo.InvariantCulture);

    /// <summary>The same form sent twice names the same thing.</summary>
    private static string FreshOf(string key) => Digest($"id\n{key}")[..32];

    private static string Digest(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed record Sent(
        Visit Visit,
        SubjectKind Kind,
        CommandKind Command,
        Caller Caller,
        Seen? Seen,
        Entered Entered
    );
}
