namespace Breakwater.Tests.Feeds;

/// <summary>Writes messages as RIS Live does.</summary>
internal static class RisLiveJson
{
    public static string Update(
        string? raw,
        string path,
        string prefix,
        string peer = "192.0.2.9",
        string time = "1553627987.89"
    ) =>
        $$$"""{"type":"ris_message","data":{"timestamp":{{{time}}},"peer":"{{{peer}}}","peer_asn":"64500","id":"x"{{{(raw is null ? "" : $",\"raw\":\"{raw}\"")}}},"host":"rrc00","type":"UPDATE","path":{{{path}}},"origin":"igp","announcements":[{"next_hop":"192.0.2.9","prefixes":["{{{prefix}}}"]}]}}""";

    public static string PeerState(string state) =>
        $$$"""{"type": "ris_message", "data": {"timestamp": 1553627987.89, "peer": "192.0.2.9", "peer_asn": "64500", "id": "x", "host": "rrc01", "type": "RIS_PEER_STATE", "state": "{{{state}}}"}}""";

    /// <summary>An UPDATE in hexadecimal.</summary>
    public static string RawOf(string prefix, params uint[] path) =>
        Convert.ToHexString(
            MrtBytes.Message(
                MrtBytes.UpdateOf(
                    [],
                    MrtBytes.Attributes(MrtBytes.Path(4, path)),
                    MrtBytes.Nlri(prefix)
                )
            )
        );
}
