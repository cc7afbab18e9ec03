namespace Breakwater.App.Api;

/// <summary>Who follows changes now, counted so that nobody takes the places of all others.</summary>
internal sealed class Listeners
{
    /// <summary>At once; each holds a connection and nothing else.</summary>
    private const int Most = 200;

    /// <summary>The public leaves places to those who act.</summary>
    private const int OfPublicMost = 100;

    /// <summary>Devices and machines of one person.</summary>
    public const int OfAccountMost = 20;

    /// <summary>A camp may stand behind one address.</summary>
    private const int OfOriginMost = 40;

    private readonly Lock _counting = new();
    private readonly Dictionary<string, int> _of = new(StringComparer.Ordinal);
    private int _all;
    private int _public;

    /// <param name="account">Null for the public.</param>
    /// <param name="origin">The mark of where the public comes from; null where everybody comes from there.</param>
    /// <returns>Null when there is no place; ends with the listening otherwise.</returns>
    public IDisposable? TryEnter(string? account, string? origin)
    {
        string? who = account is null
            ? origin is null
                ? null
                : $"origin {origin}"
            : $"account {account}";
        lock (_counting)
        {
            int mine = who is null ? 0 : _of.GetValueOrDefault(who);
            if (
                _all >= Most
                || (account is null && (_public >= OfPublicMost || mine >= OfOriginMost))
                || (account is not null && mine >= OfAccountMost)
            )
            {
                return null;
            }

            Count(who, account is null, 1);
        }

        return new Place(this, who, account is null);
    }

    private void Leave(string? who, bool isPublic)
    {
        lock (_counting)
        {
            Count(who, isPublic, -1);
        }
    }

    private void Count(string? who, bool isPublic, int change)
    {
        _all += change;
        _public += isPublic ? change : 0;
        if (who is null)
        {
            return;
        }

        int mine = _of.GetValueOrDefault(who) + change;
        if (mine == 0)
        {
            _of.Remove(who);
        }
        else
        {
            _of[who] = mine;
        }
    }

    private sealed class Place(Listeners all, string? who, bool isPublic) : IDisposable
    {
        public void Dispose() => all.Leave(who, isPublic);
    }
}
