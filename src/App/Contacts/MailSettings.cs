using System.Globalization;
using System.Net;

namespace Breakwater.App.Contacts;

/// <summary>How the line to the mail server is kept from others.</summary>
public enum MailSecurity
{
    /// <summary>STARTTLS, and nothing is sent where the server does not offer it.</summary>
    StartTls,
    Tls,

    /// <summary>In the clear, to a server on this machine alone.</summary>
    None,
}

/// <summary>The mail server by which pings go out, as the operator has set it. Without one nothing leaves the node.</summary>
/// <param name="From">The sender; what comes back goes there.</param>
/// <param name="PublicAddress">Where this node is reached from outside: links lead there.</param>
/// <param name="User">Null for a server that asks for none.</param>
public sealed record MailSettings(
    string Host,
    int Port,
    MailSecurity Security,
    string From,
    Uri PublicAddress,
    string? User = null,
    string? PasswordFile = null
)
{
    public static IReadOnlyList<string> Keys { get; } =
    [
        "smtpHost",
        "smtpPort",
        "smtpSecurity",
        "smtpUser",
        "smtpPasswordFile",
        "mailFrom",
        "publicAddress",
    ];

    /// <summary>Many mail servers take more, and none takes it amiss.</summary>
    public int PerMinute { get; init; } = 60;

    /// <returns>Null when no server is named.</returns>
    /// <exception cref="Fault">What is named cannot be a mail server.</exception>
    internal static MailSettings? Of(IReadOnlyDictionary<string, string> values)
    {
        string host = values["smtpHost"];
        string[] given = [.. Keys.Where(key => values[key].Length > 0)];
        if (given.Length == 0)
        {
            return null;
        }

        foreach (string needed in (string[])["smtpHost", "mailFrom", "publicAddress"])
        {
            if (values[needed].Length == 0)
            {
                throw new Fault(
                    ExitCode.Usage,
                    $"setting '{needed}' is missing beside '{given[0]}'. Pings by e-mail need smtpHost, mailFrom and publicAddress"
                );
            }
        }

        MailSecurity security = values["smtpSecurity"] switch
        {
            "" or "starttls" => MailSecurity.StartTls,
            "tls" => MailSecurity.Tls,
            "none" when IsHere(host) => MailSecurity.None,
            "none" => throw new Fault(
                ExitCode.Usage,
                "setting 'smtpSecurity' may be none for a mail server on this machine alone. Write starttls or tls"
            ),
            _ => throw new Fault(
                ExitCode.Usage,
                "setting 'smtpSecurity' is none of starttls, tls and none. Write one of them"
            ),
        };
        if ((values["smtpUser"].Length == 0) != (values["smtpPasswordFile"].Length == 0))
        {
            throw new Fault(
                ExitCode.Usage,
                "settings 'smtpUser' and 'smtpPasswordFile' go together. Give both or neither"
            );
        }

        return new MailSettings(
            host,
            PortOf(values["smtpPort"], security),
            security,
            MimeKit.MailboxAddress.TryParse(values["mailFrom"], out MimeKit.MailboxAddress? from)
            && from.Address.Contains('@', StringComparison.Ordinal)
                ? from.Address
                : throw new Fault(
                    ExitCode.Usage,
                    "setting 'mailFrom' is no e-mail address. Write one whose mail somebody reads, such as contacts@example.org"
                ),
            Uri.TryCreate(values["publicAddress"], UriKind.Absolute, out Uri? address)
            && (
                address.Scheme == Uri.UriSchemeHttps
                || (address.IsLoopback && address.Scheme == Uri.UriSchemeHttp)
            )
            && address is { Query: "", Fragment: "", UserInfo: "" }
                ? address
                : throw new Fault(
                    ExitCode.Usage,
                    "setting 'publicAddress' is no https address. Write the one by which this node is reached, such as https://breakwater.example.org"
                ),
            values["smtpUser"] is { Length: > 0 } user ? user : null,
            values["smtpPasswordFile"] is { Length: > 0 } file ? file : null
        );
    }

    public static MailSettings? Of(string folder) => Settings.Read(folder).Mail;

    private static int PortOf(string text, MailSecurity security) =>
        text.Length == 0
            ? security switch
            {
                MailSecurity.Tls => 465,
                MailSecurity.StartTls => 587,
                _ => 25,
            }
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
        && port is > 0 and <= IPEndPoint.MaxPort
            ? port
        : throw new Fault(
            ExitCode.Usage,
            "setting 'smtpPort' is no port. Write one such as 587, or nothing for the usual one"
        );

    private static bool IsHere(string host) =>
        host == "localhost"
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
