using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Breakwater.App.Accounts;
using Breakwater.App.Accounts.Store;
using Breakwater.Records;
using Breakwater.Signals.Reporting;

namespace Breakwater.App.Api;

/// <summary>The id and the code word that a report gets if it is kept.</summary>
/// <param name="CanComeAgain">True when the same request gives the same name again.</param>
internal sealed record ReportName(string Id, string CodeWord, bool CanComeAgain);

/// <summary>
/// Names reports. With an Idempotency-Key a name follows from the key, the whole request and a secret of this node: whoever
/// lost the answer gets the same one, and whoever does not know all of the request and its key gets another. The id alone says
/// that the request was carried out before, so nothing is stored by which repeated requests could be tied together.
/// </summary>
internal sealed class ReportNames(AccountSettings settings)
{
    public const string FileName = "reports.key";

    private const int SecretOctets = 32;
    private const int IdOctets = 16;

    /// <summary>What a report says can be guessed, so the key must not be: a UUID has more letters than this.</summary>
    private const int KeyLettersMin = 16;
    private const int KeyLettersMax = 200;

    private readonly Lock _making = new();
    private byte[]? _secret;

    /// <summary>Names for the reports of one request, or why its key will not do.</summary>
    /// <param name="digest">Of the whole request, keyed by its Idempotency-Key.</param>
    public (Func<int, ReportName>? Names, Problem? Problem) Of(HttpContext context, string digest)
    {
        string key = context.Request.Headers["Idempotency-Key"].ToString();
        return key.Length is > 0 and (< KeyLettersMin or > KeyLettersMax)
            ? (
                null,
                Problem.Key(
                    $"The Idempotency-Key of a report has {KeyLettersMin} to {KeyLettersMax} letters that nobody can guess, such as a random UUID: with it the code word is given again."
                )
            )
            : (key.Length == 0 ? _ => Fresh() : Repeatable(digest), null);
    }

    public static ReportName Fresh() =>
        new(
            Guid.CreateVersion7().ToString("n", CultureInfo.InvariantCulture),
            CodeWord.Of(RandomNumberGenerator.GetBytes(CodeWord.Octets)),
            CanComeAgain: false
        );

    /// <param name="digest">Of the whole request, keyed by what only its sender knows.</param>
    /// <returns>The name of each report of the request, by its number.</returns>
    public Func<int, ReportName> Repeatable(string digest)
    {
        byte[] secret = Secret();
        return number => new ReportName(
            Convert.ToHexStringLower(Derived("id", number).AsSpan(0, IdOctets)),
            CodeWord.Of(Derived("code word", number).AsSpan(0, CodeWord.Octets)),
            CanComeAgain: true
        );

        byte[] Derived(string what, int number) =>
            HMACSHA256.HashData(
                secret,
                Encoding.UTF8.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{what}\n{number}\n{digest}")
                )
            );
    }

    /// <summary>Of the data folder, so that a restart between a request and its repeat changes nothing.</summary>
    private byte[] Secret()
    {
        lock (_making)
        {
            return _secret ??= Kept();
        }
    }

    private byte[] Kept()
    {
        string path = Path.Combine(settings.Folder, FileName);
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path) is { Length: SecretOctets } kept)
            {
                return kept;
            }

            byte[] made = RandomNumberGenerator.GetBytes(SecretOctets);
            Private.Write(path, made);
            return made;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new RecordsFault(
                RecordsFaultKind.Unwritable,
                "the secret by which repeated reports are known cannot be read or made",
                path,
                "Check the folder, its permissions and its space",
                refused
            );
        }
    }
}
