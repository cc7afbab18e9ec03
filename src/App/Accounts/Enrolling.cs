using Breakwater.App.Accounts.Store;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Breakwater.App.Accounts;

/// <summary>How accounts begin and end.</summary>
internal sealed class Enrolling(
    UserManager<Account> users,
    AccountsContext accounts,
    Passwords passwords,
    TimeProvider clock
)
{
    public const int ServicesMax = 20;

    /// <summary>Anyone may: an account takes part in deliberation and has no permission (INV-09).</summary>
    public async Task<(Account? Account, NotDone? Why)> Register(
        string name,
        string password,
        CancellationToken cancel
    )
    {
        if (Passwords.Problem(name, password) is { } problem)
        {
            return (null, problem);
        }

        (bool done, var made) = await passwords
            .InTurn(() => Make(new Account(), name, password, cancel), cancel)
            .ConfigureAwait(false);
        return done ? made : (null, NotDone.Busy);
    }

    /// <summary>An account that signs in for the first time with a recovery code.</summary>
    public Task<(Account? Account, NotDone? Why)> Add(
        string name,
        bool isOperator,
        CancellationToken cancel
    ) => Make(new Account { IsOperator = isOperator }, name, null, cancel);

    /// <summary>An account for a machine: it has tokens only, and a person answers for it.</summary>
    public async Task<(Account? Account, NotDone? Why)> AddService(
        Guid person,
        string name,
        CancellationToken cancel
    ) =>
        await accounts
            .Users.CountAsync(each => each.AnsweredForBy == person, cancel)
            .ConfigureAwait(false) >= ServicesMax
            ? (null, NotDone.Full)
            : await Make(new Account { AnsweredForBy = person }, name, null, cancel)
                .ConfigureAwait(false);

    /// <summary>Deletes an account, what hangs on it and the services it answers for. Its name stays taken.</summary>
    public async Task Delete(Guid person, CancellationToken cancel)
    {
        List<Account> gone = await accounts
            .Users.Where(each => each.Id == person || each.AnsweredForBy == person)
            .ToListAsync(cancel)
            .ConfigureAwait(false);
        await Remove(gone, cancel).ConfigureAwait(false);
    }

    public async Task DeleteService(Guid person, Guid service, CancellationToken cancel)
    {
        List<Account> gone = await accounts
            .Users.Where(each => each.Id == service && each.AnsweredForBy == person)
            .ToListAsync(cancel)
            .ConfigureAwait(false);
        await Remove(gone, cancel).ConfigureAwait(false);
    }

    private async Task Remove(List<Account> gone, CancellationToken cancel)
    {
        foreach (Account account in gone)
        {
            accounts.RetiredNames.Add(new RetiredName { Name = account.NormalizedUserName! });
        }

        accounts.Users.RemoveRange(gone);
        await accounts.SaveChangesAsync(cancel).ConfigureAwait(false);
    }

    private async Task<(Account? Account, NotDone? Why)> Make(
        Account account,
        string name,
        string? password,
        CancellationToken cancel
    )
    {
        if (!AccountName.IsForm(name))
        {
            return (null, NotDone.NameForm);
        }

        string normal = users.NormalizeName(name);
        if (
            AccountName.IsReserved(name)
            || await accounts
                .RetiredNames.AnyAsync(each => each.Name == normal, cancel)
                .ConfigureAwait(false)
        )
        {
            return (null, NotDone.NameTaken);
        }

        account.Id = Guid.CreateVersion7();
        account.UserName = name;
        account.Since = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        try
        {
            IdentityResult made = await (
                password is null ? users.CreateAsync(account) : users.CreateAsync(account, password)
            ).ConfigureAwait(false);
            return made.Succeeded ? (account, null) : (null, NotDone.NameTaken);
        }
        catch (DbUpdateException)
        {
            // Two asked for it at the same moment, and the other came first.
            return (null, NotDone.NameTaken);
        }
    }
}
