using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Claims;
using Breakwater.App.Accounts.Store;
using Microsoft.EntityFrameworkCore;

namespace Breakwater.App.Accounts.Tokens;

/// <summary>
/// The tokens of machines. A token is shown once; kept is its hash. Whose a token is, is asked of the database at most every
/// half minute, so that thousands of commands a second do not wait for it; a revocation here counts at once.
/// </summary>
internal sealed class TokenBook(AccountsStore store, TimeProvider clock)
{
    public const int PerAccountMax = 50;
    public const int DaysDefault = 30;
    public const int DaysMax = 365;
    public const int LabelMax = 60;

    private const int KnownMax = 10_000;
    private const int ScopesMax = 32;
    private static readonly TimeSpan _trust = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<UInt128, Holder> _known = new();
    private long _generation;

    /// <summary>Null for a token that is unknown, revoked or past its end.</summary>
    public async ValueTask<ClaimsPrincipal?> Find(string token, CancellationToken cancel)
    {
        if (
            token.Length != Secret.TokenLength
            || !token.StartsWith(Secret.TokenPrefix, StringComparison.Ordinal)
        )
        {
            return null;
        }

        byte[] hash = Secret.Hash(token);
        UInt128 key = BinaryPrimitives.ReadUInt128LittleEndian(hash);
        DateTimeOffset now = clock.GetUtcNow();
        if (!_known.TryGetValue(key, out Holder? holder) || now - holder.AskedAt >= _trust)
        {
            long generation = Interlocked.Read(ref _generation);
            holder = await Ask(hash, now, cancel).ConfigureAwait(false);
            if (holder is null)
            {
                _known.TryRemove(key, out _);
                return null;
            }

            Keep(key, holder, generation);
        }

        return holder.Until > now ? holder.Principal : null;
    }

    /// <param name="scopes">Empty, or one that is no scope, is refused.</param>
    /// <returns>The token, which nobody can read again.</returns>
    public async Task<(string? Token, NotDone? Why)> Make(
        Guid account,
        string label,
        string scopes,
        int days,
        CancellationToken cancel
    )
    {
        string[] asked = [.. Scopes(scopes).Distinct(StringComparer.Ordinal)];
        if (label.Length is 0 or > LabelMax)
        {
            return (null, NotDone.LabelMissing);
        }

        if (asked.Length is 0 or > ScopesMax || !asked.All(IsScope))
        {
            return (null, NotDone.ScopesMissing);
        }

        if (days is < 1 or > DaysMax)
        {
            return (null, NotDone.DaysOutOfRange);
        }

        await using AccountsContext accounts = store.Open();
        if (
            await accounts
                .Tokens.CountAsync(each => each.AccountId == account, cancel)
                .ConfigureAwait(false) >= PerAccountMax
        )
        {
            return (null, NotDone.Full);
        }

        string token = Secret.Token();
        accounts.Tokens.Add(
            new KeptToken
            {
                Id = Guid.CreateVersion7(),
                AccountId = account,
                Hash = Secret.Hash(token),
                Name = label,
                Scopes = string.Join(' ', asked),
                Until = clock.GetUtcNow().AddDays(days),
            }
        );
        await accounts.SaveChangesAsync(cancel).ConfigureAwait(false);
        return (token, null);
    }

    /// <summary>Revokes one token of an account, or of a service that it answers for; null for all of them.</summary>
    public async Task Revoke(Guid account, Guid? token, CancellationToken cancel)
    {
        await using AccountsContext accounts = store.Open();
        await accounts
            .Tokens.Where(each => token == null || each.Id == token)
            .Where(each =>
                each.AccountId == account
                || accounts.Users.Any(service =>
                    service.Id == each.AccountId && service.AnsweredForBy == account
                )
            )
            .ExecuteDeleteAsync(cancel)
            .ConfigureAwait(false);
        Forget();
    }

    /// <summary>Asks anew of every token. A lookup that was under way meanwhile is not kept.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        _known.Clear();
    }

    private void Keep(UInt128 key, Holder holder, long generation)
    {
        if (_known.Count >= KnownMax)
        {
            _known.Clear();
        }

        _known[key] = holder;
        if (Interlocked.Read(ref _generation) != generation)
        {
            _known.TryRemove(key, out _);
        }
    }

    private async Task<Holder?> Ask(byte[] hash, DateTimeOffset now, CancellationToken cancel)
    {
        await using AccountsContext accounts = store.Open();
        var found = await (
            from token in accounts.Tokens.AsNoTracking()
            where token.Hash == hash
            join account in accounts.Users on token.AccountId equals account.Id
            select new
            {
                token.Id,
                token.Scopes,
                token.Until,
                token.LastUsed,
                Account = account.Id,
                account.UserName,
                account.IsOperator,
                AnsweredForBy = accounts
                    .Users.Where(person => person.Id == account.AnsweredForBy)
                    .Select(person => person.UserName)
                    .FirstOrDefault(),
                IsService = account.AnsweredForBy != null,
            }
        )
            .FirstOrDefaultAsync(cancel)
            .ConfigureAwait(false);
        if (found is null || found.Until <= now)
        {
            return null;
        }

        await Used(accounts, found.Id, found.LastUsed, now, cancel).ConfigureAwait(false);
        var who = new SignedIn(
            found.UserName!,
            found.IsService,
            Scopes(found.Scopes).ToHashSet(StringComparer.Ordinal)
        )
        {
            AnsweredForBy = found.AnsweredForBy ?? found.UserName!,
            IsOperator = found.IsOperator,
        };
        return new Holder(
            new ClaimsPrincipal(new KnownIdentity(found.Account, who, TokenDoor.Name)),
            found.Until,
            now
        );
    }

    /// <summary>Notes the day, and neither the time nor from where. That it cannot be noted keeps nobody out.</summary>
    private static async Task Used(
        AccountsContext accounts,
        Guid token,
        DateOnly? lastUsed,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (lastUsed == today)
        {
            return;
        }

        try
        {
            await accounts
                .Tokens.Where(each => each.Id == token)
                .ExecuteUpdateAsync(set => set.SetProperty(each => each.LastUsed, today), cancel)
                .ConfigureAwait(false);
        }
        catch (System.Data.Common.DbException) { }
    }

    private static string[] Scopes(string text) =>
        text.Split(
            [' ', ',', '\n', '\r', '\t'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );

    /// <summary><c>read</c>, <c>write</c>, or what can be a kind: lower-case words with dashes.</summary>
    private static bool IsScope(string scope) =>
        scope.Length <= 40 && scope.All(letter => letter is '-' or (>= 'a' and <= 'z'));

    private sealed record Holder(
        ClaimsPrincipal Principal,
        DateTimeOffset Until,
        DateTimeOffset AskedAt
    );
}
