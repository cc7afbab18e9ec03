using Breakwater.App.Accounts.Store;

namespace Breakwater.App.Accounts;

/// <summary>Which words can be a pseudonym. Latin letters alone, because look-alikes of two scripts would pass for each other.</summary>
internal static class AccountName
{
    public const int LengthMin = 3;
    public const int LengthMax = AccountsContext.NameMax;

    /// <summary>Names under which somebody could pass for the node itself.</summary>
    private static readonly string[] _reserved =
    [
        "admin",
        "administrator",
        "anonymous",
        "breakwater",
        "moderator",
        "node",
        "official",
        "operator",
        "registrar",
        "root",
        "security",
        "support",
        "system",
    ];

    public static bool IsForm(string name) =>
        name.Length is >= LengthMin and <= LengthMax
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    public static bool IsReserved(string name) =>
        _reserved.Contains(name, StringComparer.OrdinalIgnoreCase);
}
