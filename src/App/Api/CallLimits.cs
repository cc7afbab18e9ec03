using System.Net;
using System.Threading.RateLimiting;
using Breakwater.App.Accounts;
using Breakwater.App.Limiting;

namespace Breakwater.App.Api;

/// <summary>
/// How much one caller may ask of the API: by account where there is one, else by an origin that is counted under a key of the
/// hour and kept nowhere.
/// </summary>
internal sealed class CallLimits : IDisposable
{
    /// <summary>A camp may stand behind one address, and a script may too.</summary>
    private const int OfOneOrigin = 1_200;
    private const int RetryAfterSeconds = 10;
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private readonly Floods _origins = new(TimeProvider.System, OfOneOrigin, _minute);
    private readonly PartitionedRateLimiter<string> _accounts;

    public CallLimits(ApiSettings settings) =>
        // Accounts that rest are forgotten by the limiter itself.
        _accounts = PartitionedRateLimiter.Create<string, string>(person =>
            RateLimitPartition.GetTokenBucketLimiter(
                person,
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = settings.CallsPerMinute,
                    TokensPerPeriod = Math.Max(1, settings.CallsPerMinute / 60),
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    AutoReplenishment = true,
                }
            )
        );

    public async Task Limit(HttpContext context, RequestDelegate next)
    {
        if (SignedIn.Of(context) is { } signedIn)
        {
            using RateLimitLease lease = _accounts.AttemptAcquire(signedIn.Person);
            if (!lease.IsAcquired)
            {
                await Busy(context).ConfigureAwait(false);
                return;
            }
        }
        else if (
            context.Connection.RemoteIpAddress is { } origin
            // Behind a proxy on this machine everybody comes from here; the proxy counts then.
            && !IPAddress.IsLoopback(origin)
            && !_origins.Allows(origin)
        )
        {
            await Busy(context).ConfigureAwait(false);
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    public void Dispose() => _accounts.Dispose();

    private static Task Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "10";
        return Problem.Busy(RetryAfterSeconds).Send(context);
    }
}
