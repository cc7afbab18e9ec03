using System.Text;
using System.Text.Unicode;

namespace Breakwater.Bgp;

/// <summary>NOTIFICATION (RFC 4271 section 4.5): the session ends, and why.</summary>
public readonly ref struct BgpNotification
{
    // RFC 4486: cease, with the subcodes that RFC 9003 gives a text to.
    private const byte Cease = 6;
    private const byte AdministrativeShutdown = 2;
    private const byte AdministrativeReset = 4;

    internal BgpNotification(byte code, byte subcode, ReadOnlySpan<byte> data)
    {
        Code = code;
        Subcode = subcode;
        Data = data;
    }

    public byte Code { get; }

    public byte Subcode { get; }

    public ReadOnlySpan<byte> Data { get; }

    /// <summary>The name of the code (RFC 4271 section 4.5, RFC 6608, RFC 7313).</summary>
    public string Name =>
        Code switch
        {
            1 => "message header error",
            2 => "OPEN message error",
            3 => "UPDATE message error",
            4 => "hold timer expired",
            5 => "finite state machine error",
            Cease => "cease",
            7 => "ROUTE-REFRESH message error",
            _ => "unknown",
        };

    /// <summary>The name of a cease (RFC 4486 section 3, RFC 8538 section 3.1); empty for other codes.</summary>
    public string CeaseName =>
        (Code, Subcode) switch
        {
            (Cease, 1) => "maximum number of prefixes reached",
            (Cease, AdministrativeShutdown) => "administrative shutdown",
            (Cease, 3) => "peer de-configured",
            (Cease, AdministrativeReset) => "administrative reset",
            (Cease, 5) => "connection rejected",
            (Cease, 6) => "other configuration change",
            (Cease, 7) => "connection collision resolution",
            (Cease, 8) => "out of resources",
            (Cease, 9) => "hard reset",
            (Cease, 10) => "BFD down",
            _ => "",
        };

    /// <summary>
    /// What the operator wrote when shutting down (RFC 9003 section 2): UTF-8, at most 255 octets; empty when there is
    /// none or it is not UTF-8. It is a stranger's text: never print it as it is.
    /// </summary>
    public ReadOnlySpan<byte> ShutdownCommunication
    {
        get
        {
            if (
                Code != Cease
                || Subcode is not (AdministrativeShutdown or AdministrativeReset)
                || Data.IsEmpty
                || Data[0] > Data.Length - 1
            )
            {
                return [];
            }

            ReadOnlySpan<byte> text = Data.Slice(1, Data[0]);
            return Utf8.IsValid(text) ? text : [];
        }
    }

    public override string ToString() =>
        Encoding.UTF8.GetString(ShutdownCommunication) is { Length: > 0 } text
            ? $"{Name} {Code}/{Subcode}: {text}"
            : $"{Name} {Code}/{Subcode}";
}
