using System.Globalization;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Accounts.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Breakwater.App.Accounts.Pages;

/// <summary>What the forms of tokens and service accounts do.</summary>
internal static class MachineActs
{
    public static async Task MakeToken(Visit visit)
    {
        Guid person = visit.Account!.Value;
        Guid holder = person;
        if (visit.Field("holder") is { Length: > 0 } service)
        {
            // Of a service that somebody else answers for, it is not said that there is one.
            if (
                !Guid.TryParse(service, out holder)
                || !await visit
                    .Get<AccountsContext>()
                    .Users.AnyAsync(
                        each => each.Id == holder && each.AnsweredForBy == person,
                        visit.Cancel
                    )
                    .ConfigureAwait(false)
            )
            {
                await visit.Go(MachinesPage.Path, NotDone.FormExpired).ConfigureAwait(false);
                return;
            }
        }

        int days = int.TryParse(
            visit.Field("days"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out int number
        )
            ? number
            : 0;
        (string? token, NotDone? why) = await visit
            .Get<TokenBook>()
            .Make(holder, visit.Field("label"), visit.Field("scopes"), days, visit.Cancel)
            .ConfigureAwait(false);
        await (
            token is null
                ? visit.Go(MachinesPage.Path, why!.Value)
                : visit.Show(MachinesPage.Made(visit, token))
        ).ConfigureAwait(false);
    }

    public static async Task RevokeToken(Visit visit)
    {
        if (Guid.TryParse(visit.Field("token"), out Guid token))
        {
            await visit
                .Get<TokenBook>()
                .Revoke(visit.Account!.Value, token, visit.Cancel)
                .ConfigureAwait(false);
        }

        await visit.Go(MachinesPage.Path).ConfigureAwait(false);
    }

    public static async Task MakeService(Visit visit)
    {
        (_, NotDone? why) = await visit
            .Get<Enrolling>()
            .AddService(visit.Account!.Value, visit.Field("service-name"), visit.Cancel)
            .ConfigureAwait(false);
        await (
            why is { } reason ? visit.Go(MachinesPage.Path, reason) : visit.Go(MachinesPage.Path)
        ).ConfigureAwait(false);
    }

    public static async Task RemoveService(Visit visit)
    {
        if (Guid.TryParse(visit.Field("service"), out Guid service))
        {
            await visit
                .Get<Enrolling>()
                .DeleteService(visit.Account!.Value, service, visit.Cancel)
                .ConfigureAwait(false);
            visit.Get<TokenBook>().Forget();
        }

        await visit.Go(MachinesPage.Path).ConfigureAwait(false);
    }
}
