using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Breakwater.Signals;

namespace Breakwater.Feeds.Probing;

/// <summary>
/// One GET over TLS to the checked address. No redirect is followed, no cookie, proxy or other host is used, and the body
/// is counted up to a limit and not kept. A certificate that proves nothing ends the exchange before the path is told.
/// </summary>
internal static class HttpsProbe
{
    public const int BodyOctetsMax = 64 * 1024;
    private const int HeadOctetsMax = 16 * 1024;

    public static async Task<ProbeAttempt> Ask(
        ProbeWork work,
        ProbeTarget target,
        X509Certificate2Collection? trusted
    )
    {
        (ProbeAttempt connected, Socket? socket) = await TcpProbe
            .Connect(work, target.Port)
            .ConfigureAwait(false);
        if (socket is null)
        {
            return connected;
        }

        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        ProbeStage stage = ProbeStage.Tls;
        ProbeAttempt Gave(ProbeResult result, string? reason) =>
            new(result, stage, reason, connected.RttMs) { Facts = facts.Count == 0 ? null : facts };
        try
        {
            await using var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
            await tls.AuthenticateAsClientAsync(Settings(work, target, trusted, facts), work.Cancel)
                .ConfigureAwait(false);
            facts["tls"] = tls.SslProtocol.ToString();
            stage = ProbeStage.Answer;
            await tls.WriteAsync(Request(target), work.Cancel).ConfigureAwait(false);
            return await Status(tls, facts, work.Cancel).ConfigureAwait(false) is { } wrong
                ? Gave(ProbeResult.Broken, wrong)
                : Gave(ProbeResult.Reached, null);
        }
        catch (AuthenticationException)
        {
            return facts.TryGetValue("certificate", out string? verdict) && verdict != "valid"
                ? Gave(ProbeResult.CertificateInvalid, $"the certificate is {verdict}")
                : Gave(ProbeResult.Broken, "the TLS handshake failed");
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            return Gave(
                ProbeResult.Broken,
                stage == ProbeStage.Tls
                    ? "the connection was cut during the TLS handshake, in which the name is told"
                    : "the connection was cut before an answer"
            );
        }
        catch (OperationCanceledException) when (!work.IsStopped)
        {
            return Gave(
                ProbeResult.TimedOut,
                $"{work.Waited}, after the connection was made{(stage == ProbeStage.Tls ? "" : " and TLS agreed")}"
            );
        }
    }

    private static SslClientAuthenticationOptions Settings(
        ProbeWork work,
        ProbeTarget target,
        X509Certificate2Collection? trusted,
        SortedDictionary<string, string> facts
    )
    {
        // Neither revocation nor missing issuers are fetched: that would contact hosts that nobody consented to.
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = work.Time.GetUtcNow().UtcDateTime,
        };
        if (trusted is { Count: > 0 })
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(trusted);
        }

        return new SslClientAuthenticationOptions
        {
            TargetHost = target.Host,
            AllowRenegotiation = false,
            CertificateChainPolicy = policy,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                facts["certificate"] = Verdict(chain, errors);
                if (certificate is not null)
                {
                    facts["certificateSha256"] = certificate
                        .GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256)
                        .ToLowerInvariant();
                }

                return errors == SslPolicyErrors.None;
            },
        };
    }

    /// <summary>Every trouble, in a fixed order; <c>valid</c> when there is none.</summary>
    private static string Verdict(X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return "valid";
        }

        var words = new List<string>();
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            words.Add("missing");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            words.Add("for another name");
        }

        X509ChainStatusFlags flags = (chain?.ChainStatus ?? []).Aggregate(
            X509ChainStatusFlags.NoError,
            (all, one) => all | one.Status
        );
        if (flags.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            words.Add("out of date");
        }

        if ((flags & (X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain)) != 0)
        {
            words.Add("of an issuer not trusted here");
        }

        return words.Count > 0 ? string.Join(", ", words) : $"not valid ({flags})";
    }

    private static byte[] Request(ProbeTarget target)
    {
        string host = target.Host.Contains(':', StringComparison.Ordinal)
            ? $"[{target.Host}]"
            : target.Host;
        string port =
            target.Port == 443
                ? ""
                : string.Create(CultureInfo.InvariantCulture, $":{target.Port}");
        return Encoding.ASCII.GetBytes(
            $"GET {target.Path} HTTP/1.1\r\nHost: {host}{port}\r\nUser-Agent: breakwater-probe\r\nAccept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
        );
    }

    /// <summary>Reads the status and counts the rest up to the limit.</summary>
    /// <returns>Why it is no answer; null when it is.</returns>
    private static async Task<string?> Status(
        SslStream tls,
        SortedDictionary<string, string> facts,
        CancellationToken cancel
    )
    {
        byte[] buffer = new byte[HeadOctetsMax];
        int held = 0;
        int line = -1;
        while (line < 0 && held < buffer.Length)
        {
            int count = await tls.ReadAsync(buffer.AsMemory(held), cancel).ConfigureAwait(false);
            if (count == 0)
            {
                return "the connection was closed before an answer";
            }

            held += count;
            line = buffer.AsSpan(0, held).IndexOf("\r\n"u8);
        }

        // RFC 9112 section 4: HTTP/1.1 200 and a reason of which nothing follows.
        string status = Encoding.Latin1.GetString(buffer, 0, Math.Max(0, Math.Min(line, 12)));
        if (
            status.Length < 12
            || !status.StartsWith("HTTP/1.", StringComparison.Ordinal)
            || !int.TryParse(
                status.AsSpan(9),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int code
            )
        )
        {
            return "the answer is not HTTP";
        }

        facts["status"] = code.ToString(CultureInfo.InvariantCulture);
        int total = held;
        try
        {
            while (
                total < BodyOctetsMax
                && await tls.ReadAsync(buffer, cancel).ConfigureAwait(false) is > 0 and var count
            )
            {
                total += count;
            }
        }
        catch (IOException)
        {
            facts["body"] = "cut";
        }
        catch (OperationCanceledException)
        {
            facts["body"] = "not whole in time";
        }

        facts["octets"] = Math.Min(total, BodyOctetsMax).ToString(CultureInfo.InvariantCulture);
        return null;
    }
}
