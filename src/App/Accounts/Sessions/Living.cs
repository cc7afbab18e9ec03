using System.Collections.Concurrent;
using Breakwater.App.Accounts.Store;
using Microsoft.EntityFrameworkCore;

namespace Breakwater.App.Accounts.Sessions;

/// <summary>What a session must still agree with.</summary>
internal sealed record Life(string Name, string Stamp, bool IsOperator);

/// <summary>
/// Which accounts there are, asked of the database at most twice a minute for each: what ends a session here ends it at once,
/// what another process does ends it within half a minute.
/// </summary>
internal sealed class Living(AccountsStore store, TimeProvider clock)
{
    private const int KnownMax = 10_000;
    public static readonly TimeSpan Trust = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, (Life? Life, DateTimeOffset At)> _known = new();

    /// <summary>Null when there is no such account, or no longer.</summary>
    public async ValueTask<Life?> Find(Guid account, CancellationToken cancel)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (_known.TryGetValue(account, out var known) && now - known.At < Trust)
        {
            return known.Life;
        }

        await using AccountsContext accounts = store.Open();
        Life? life = await accounts
            .Users.AsNoTracking()
            .Where(each => each.Id == account)
            .Select(each => new Life(each.UserName!, each.SecurityStamp!, each.IsOperator))
            .FirstOrDefaultAsync(cancel)
            .ConfigureAwait(false);
        if (_known.Count >= KnownMax)
        {
            _known.Clear();
        }

        _known[account] = (life, now);
        return life;
    }

    public void Forget(Guid account) => _known.TryRemove(account, out _);
}
