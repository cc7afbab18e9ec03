using System.Buffers.Text;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Pages;
using Breakwater.Publications;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Breakwater.App.Accounts.Pages;

/// <summary><c>/account</c>: everything that is kept about the person who looks, and how to change or end it.</summary>
internal static class AccountPage
{
    public static async Task Show(Visit visit)
    {
        AccountsContext accounts = visit.Get<AccountsContext>();
        Guid id = visit.Account!.Value;
        var kept = await accounts
            .Users.AsNoTracking()
            .Where(each => each.Id == id)
            .Select(each => new Kept(
                each.Since,
                each.PasswordHash != null,
                each.IsOperator,
                accounts.RecoveryCodes.Count(code => code.AccountId == id),
                accounts.Tokens.Count(token => token.AccountId == id),
                accounts.Users.Count(service => service.AnsweredForBy == id)
            ))
            .FirstAsync(visit.Cancel)
            .ConfigureAwait(false);
        var page = new Markup(visit.Texts);
        page.Title("account.title").Why(visit.Why());
        About(page, visit, kept);
        SignedOut(page, visit);
        page.Head("password", visit.Texts.Html("account.password"))
            .Say(visit.Texts.Html("account.password.intro"))
            .Open(visit, "/account/password")
            // By this the browser's own store of passwords knows whose the new one is.
            .Raw(
                $"<input type=\"text\" name=\"name\" value=\"{Spoken.Html(visit.Person)}\" autocomplete=\"username\" hidden>\n"
            )
            .Password("new-password")
            .Close("account.password.set");
        page.Head("codes", visit.Texts.Html("account.codes"))
            .Say(visit.Texts.Html("account.codes.left", ("n", new Count(kept.Codes))))
            .Say(visit.Texts.Html("account.codes.intro"))
            .Open(visit, "/account/codes")
            .Close("account.codes.make");
        await WaysIn(page, visit, accounts).ConfigureAwait(false);
        page.Head("delete", visit.Texts.Html("account.delete"))
            .Items([page.Link("/account/delete", visit.Texts.Html("account.delete.link"))]);
        await visit.Show(Form.Whole(page, "/account", "account.title")).ConfigureAwait(false);
    }

    private static void About(Markup page, Visit visit, Kept kept)
    {
        PageTexts texts = visit.Texts;
        page.Head("kept", texts.Html("account.kept"))
            .Facts([
                (texts.Html("account.field.name"), texts.Html(new Code(visit.Person))),
                (
                    texts.Html("account.kept.since"),
                    texts.Html(new Day(LocalDate.FromDateOnly(kept.Since)))
                ),
                (
                    texts.Html("account.kept.password"),
                    texts.Html(kept.HasPassword ? "account.yes-hashed" : "account.none")
                ),
                (
                    texts.Html("account.kept.operator"),
                    texts.Html(kept.IsOperator ? "account.operator.is" : "account.operator.not")
                ),
                (
                    texts.Html("account.kept.machines"),
                    page.Link(
                        "/account/machines",
                        texts.Html(
                            "account.machines.count",
                            ("tokens", new Count(kept.Tokens)),
                            ("services", new Count(kept.Services))
                        )
                    )
                ),
            ])
            .Say(texts.Html("account.kept.never"))
            .Say(texts.Html("account.kept.roles"));
    }

    private static void SignedOut(Markup page, Visit visit) =>
        page.Head("sign-out", visit.Texts.Html("account.sign-out"))
            .Say(visit.Texts.Html("account.sign-out.intro"))
            .Open(visit, "/account/sign-out")
            .Close("account.sign-out")
            .Open(visit, "/account/sign-out-everywhere")
            .Raw(
                $"<div class=\"field\"><label class=\"choice\"><input type=\"checkbox\" name=\"tokens\" value=\"revoke\"> {visit.Texts.Html("account.sign-out.tokens")}</label></div>\n"
            )
            .Close("account.sign-out.everywhere");

    /// <summary>Passkeys, and the link to an outside provider where the node has one.</summary>
    private static async Task WaysIn(Markup page, Visit visit, AccountsContext accounts)
    {
        PageTexts texts = visit.Texts;
        Guid id = visit.Account!.Value;
        List<IdentityUserPasskey<Guid>> passkeys = await accounts
            .UserPasskeys.AsNoTracking()
            .Where(each => each.UserId == id)
            .ToListAsync(visit.Cancel)
            .ConfigureAwait(false);
        page.Head("passkeys", texts.Html("account.passkeys"));
        if (passkeys.Count > 0)
        {
            page.Grid(
                texts.Html("account.passkeys"),
                ["passkey-label", "passkey-since", "act"],
                [
                    .. passkeys.Select(passkey => new GridRow([
                        texts.Html(new Free(passkey.Data.Name ?? "")),
                        texts.Html(
                            new Day(LocalDate.FromDateTime(passkey.Data.CreatedAt.UtcDateTime))
                        ),
                        Form.Button(
                            visit,
                            "/account/passkeys/remove",
                            "account.passkey.remove",
                            ("passkey", Base64Url.EncodeToString(passkey.CredentialId))
                        ),
                    ])),
                ]
            );
        }

        page.Items([page.Link("/account/passkeys/add", texts.Html("account.passkey.new"))]);
        if (visit.Get<AccountSettings>().Outside is not { } outside)
        {
            return;
        }

        bool isLinked = await accounts
            .UserLogins.AnyAsync(each => each.UserId == id, visit.Cancel)
            .ConfigureAwait(false);
        page.Head("outside", texts.Html("account.outside"))
            .Say(texts.Html("account.outside.knows", ("name", new Free(outside.Name))))
            .Open(visit, isLinked ? "/account/outside/unlink" : "/account/outside/link")
            .Close(isLinked ? "account.outside.unlink" : "account.outside.link");
    }

    private sealed record Kept(
        DateOnly Since,
        bool HasPassword,
        bool IsOperator,
        int Codes,
        int Tokens,
        int Services
    );
}
