using System.Buffers.Text;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Accounts.Sessions;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Pages;
using Microsoft.AspNetCore.Identity;

namespace Breakwater.App.Accounts.Passkeys;

/// <summary>Making, using and removing passkeys: keys that a device holds and that no other site can ask for.</summary>
internal static class PasskeyActs
{
    public const int PerAccountMax = 10;

    private const int AnswerMax = 32 << 10;

    public static async Task ShowAdd(Visit visit)
    {
        var page = new Markup(visit.Texts);
        page.Title("account.passkey.new")
            .Why(visit.Why())
            .Say(visit.Texts.Html("account.passkey.intro"))
            .Say(visit.Texts.Html("account.passkey.script"), "quiet");
        await page.PasskeyMade(visit).ConfigureAwait(false);
        page.Items([page.Link("/account", visit.Texts.Html("account.back"))]);
        await visit
            .ShowWithScript(
                Form.Whole(page, "/account/passkeys/add", "account.passkey.new"),
                StatusCodes.Status200OK
            )
            .ConfigureAwait(false);
    }

    public static async Task Add(Visit visit)
    {
        UserManager<Account> users = visit.Get<UserManager<Account>>();
        string label = visit.Field("passkey-label");
        if (
            await AccountActs.Own(visit, users).ConfigureAwait(false) is not { } account
            || label.Length is 0 or > PasskeyForm.LabelMax
            || await Attested(visit, account).ConfigureAwait(false) is not { } passkey
        )
        {
            await visit.Go("/account/passkeys/add", NotDone.PasskeyRefused).ConfigureAwait(false);
            return;
        }

        if ((await users.GetPasskeysAsync(account).ConfigureAwait(false)).Count >= PerAccountMax)
        {
            await visit.Go("/account", NotDone.Full).ConfigureAwait(false);
            return;
        }

        await users
            .AddOrUpdatePasskeyAsync(account, Kept(visit, passkey, label))
            .ConfigureAwait(false);
        await visit.Go("/account").ConfigureAwait(false);
    }

    /// <summary>Opens a resting account too: nobody guesses a key.</summary>
    public static async Task SignIn(Visit visit)
    {
        if (!visit.Get<Crowds>().SignIns.Allows(visit.Http.Connection.RemoteIpAddress))
        {
            await visit.Go("/account/sign-in", NotDone.TooOften).ConfigureAwait(false);
            return;
        }

        UserManager<Account> users = visit.Get<UserManager<Account>>();
        if (
            await Asserted(visit).ConfigureAwait(false) is not ({ } account, { } passkey)
            // The count of the key's uses goes on record before anybody is let in by it.
            || !(
                await users.AddOrUpdatePasskeyAsync(account, passkey).ConfigureAwait(false)
            ).Succeeded
        )
        {
            await visit.Go("/account/sign-in", NotDone.PasskeyRefused).ConfigureAwait(false);
            return;
        }

        await Session.Start(visit.Http, account).ConfigureAwait(false);
        await visit.Go(visit.Back).ConfigureAwait(false);
    }

    public static async Task Remove(Visit visit)
    {
        UserManager<Account> users = visit.Get<UserManager<Account>>();
        string id = visit.Field("passkey");
        if (
            Base64Url.IsValid(id)
            && await AccountActs.Own(visit, users).ConfigureAwait(false) is { } account
        )
        {
            await users
                .RemovePasskeyAsync(account, Base64Url.DecodeFromChars(id))
                .ConfigureAwait(false);
        }

        await visit.Go("/account").ConfigureAwait(false);
    }

    private static async Task<UserPasskeyInfo?> Attested(Visit visit, Account account)
    {
        string answer = visit.Secret("credential");
        if (answer.Length is 0 or > AnswerMax)
        {
            return null;
        }

        try
        {
            PasskeyAttestationResult result = await visit
                .Get<SignInManager<Account>>()
                .PerformPasskeyAttestationAsync(answer)
                .ConfigureAwait(false);
            return result.Succeeded && result.UserEntity.Id == account.Id.ToString()
                ? result.Passkey
                : null;
        }
        catch (InvalidOperationException)
        {
            // No challenge was given out, or it is too old.
            return null;
        }
    }

    private static async Task<(Account Account, UserPasskeyInfo Passkey)?> Asserted(Visit visit)
    {
        string answer = visit.Secret("credential");
        if (answer.Length is 0 or > AnswerMax)
        {
            return null;
        }

        try
        {
            PasskeyAssertionResult<Account> result = await visit
                .Get<SignInManager<Account>>()
                .PerformPasskeyAssertionAsync(answer)
                .ConfigureAwait(false);
            return result.Succeeded ? (result.User, result.Passkey) : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What is needed to know the key again. The day instead of the time, and nothing of the device's make.</summary>
    private static UserPasskeyInfo Kept(Visit visit, UserPasskeyInfo made, string label)
    {
        DateTimeOffset now = visit.Get<TimeProvider>().GetUtcNow();
        return new UserPasskeyInfo(
            made.CredentialId,
            made.PublicKey,
            new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero),
            made.SignCount,
            made.Transports,
            made.IsUserVerified,
            made.IsBackupEligible,
            made.IsBackedUp,
            attestationObject: [],
            clientDataJson: []
        )
        {
            Name = label,
        };
    }
}
