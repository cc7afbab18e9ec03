using Breakwater.Ledger;

namespace Breakwater.App.Accounts.Sessions;

/// <summary>
/// What a node calls its cookies. Browsers keep them by machine and not by port (RFC 6265, 8.5): under one name, whoever signs in
/// to an exercise would be signed out of the real node beside it.
/// </summary>
internal static class CookieName
{
    public static string Of(string what, Verifier node) => $"breakwater-{what}-{node.KeyId:x8}";
}
