using System.Net.Sockets;
using Breakwater.Preparedness.Contacts.Pinging;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Breakwater.App.Contacts;

/// <summary>Hands messages to the operator's mail server, and says what came of each. The one place from which e-mail leaves.</summary>
internal sealed class MailDoor(MailSettings settings)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public async Task<Sent> Send(MimeMessage message, CancellationToken cancel)
    {
        using var client = new SmtpClient { Timeout = (int)_patience.TotalMilliseconds };
        try
        {
            await Open(client, cancel).ConfigureAwait(false);
        }
        catch (Exception fault)
            when (fault
                    is SmtpCommandException
                        or SmtpProtocolException
                        or AuthenticationException
                        or SslHandshakeException
                        or SocketException
                        or IOException
                        or UnauthorizedAccessException
                        or TimeoutException
                        or NotSupportedException
            )
        {
            return new Sent.Later(
                $"the mail server {settings.Host} was not reached: {fault.Message}"
            );
        }

        try
        {
            await client.SendAsync(message, cancel).ConfigureAwait(false);
        }
        catch (SmtpCommandException fault)
        {
            return Of(fault);
        }
        catch (NotSupportedException fault)
        {
            // An address outside ASCII, for a server that takes none (RFC 6531).
            return new Sent.Later(fault.Message);
        }
        catch (Exception fault)
            when (fault
                    is SmtpProtocolException
                        or IOException
                        or SocketException
                        or TimeoutException
            )
        {
            return new Sent.Unknown(fault.Message);
        }

        await Close(client, cancel).ConfigureAwait(false);
        return new Sent.Taken();
    }

    private async Task Open(SmtpClient client, CancellationToken cancel)
    {
        await client
            .ConnectAsync(
                settings.Host,
                settings.Port,
                settings.Security switch
                {
                    MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                    MailSecurity.StartTls => SecureSocketOptions.StartTls,
                    _ => SecureSocketOptions.None,
                },
                cancel
            )
            .ConfigureAwait(false);
        if (settings is { User: { } user, PasswordFile: { } file })
        {
            string password = await Password(file, cancel).ConfigureAwait(false);
            await client.AuthenticateAsync(user, password, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>What is told of a ping is kept, so it names no path of this machine.</summary>
    private static async Task<string> Password(string file, CancellationToken cancel)
    {
        try
        {
            return (await File.ReadAllTextAsync(file, cancel).ConfigureAwait(false)).TrimEnd(
                '\r',
                '\n'
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UnauthorizedAccessException(
                "the file of smtpPasswordFile cannot be read",
                fault
            );
        }
    }

    /// <summary>Only what the server says of the address says something of the contact; the rest is between it and this node.</summary>
    private static Sent Of(SmtpCommandException fault)
    {
        string reason = $"{(int)fault.StatusCode} {fault.Message}";
        return fault.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)fault.StatusCode >= 500
            ? new Sent.Refused(reason)
            : new Sent.Later(reason);
    }

    /// <summary>The message is with the server, however the conversation ends.</summary>
    private static async Task Close(SmtpClient client, CancellationToken cancel)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancel).ConfigureAwait(false);
        }
        catch (Exception fault)
            when (fault
                    is SmtpProtocolException
                        or SmtpCommandException
                        or IOException
                        or SocketException
            )
        {
            Trace.Of(fault);
        }
    }
}
