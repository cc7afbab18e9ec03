using Breakwater.App.Pages;
using Breakwater.Decisions;
using Breakwater.Decisions.Publishing;
using Breakwater.Disruptions;
using Breakwater.Publications;
using Breakwater.Publications.Alerts;
using Breakwater.Publications.Releases;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Publishing;

/// <summary>What the node adds to an alert: whether it begins, updates or cancels, and which earlier one it names.</summary>
internal static class Alerting
{
    /// <summary>A cancellation that was made of a withdrawal; it stands when the alert itself is gone.</summary>
    public const string CancelFile = "cancel.cap.xml";

    public static async Task<(AlertAsked Asked, Walked Walked, Refusal? Refusal)> Asked(
        IRecords records,
        Response response,
        Walked walked,
        PublicationFile? replaced
    )
    {
        string sender = records.Node.Name;
        AlertReference? earlier = replaced is null
            ? null
            : await Reference(records, replaced).ConfigureAwait(false);
        StandingTellings standing = await new PublicView(records).Standing().ConfigureAwait(false);
        bool isGone =
            response.DisruptionId is { } disruption
            && standing.IsWithdrawn(standing.Latest(disruption));
        Walked seen = isGone
            ? walked with
            {
                Detection = new Detection([], walked.Detection.Blind),
            }
            : walked;
        return (
            new AlertAsked(
                sender,
                isGone ? AlertType.Cancel
                    : earlier is null ? AlertType.Alert
                    : AlertType.Update,
                earlier is null ? [] : [earlier]
            ),
            seen,
            isGone && earlier is null
                ? Refusal.WrongState(
                    "the disruption was withdrawn, so there is nothing to warn of; to cancel an earlier alert, name it as the one that this replaces"
                )
                : null
        );
    }

    /// <summary>The cancellation of an alert that one publisher takes back; null when it was none.</summary>
    public static async Task<byte[]?> Cancel(
        IRecords records,
        PublicationFile withdrawn,
        string reason,
        Instant now
    ) =>
        await Reference(records, withdrawn).ConfigureAwait(false) is { } earlier
            ? CapXml.Write(AlertFromWalk.Cancel(earlier, records.Node.Name, reason, now))
            : null;

    private static async Task<AlertReference?> Reference(IRecords records, PublicationFile file) =>
        file.Files?.FirstOrDefault(each => each.Name == ResponseForms.AlertFile) is { } alert
        && await Composing.Octets(records, alert.Sha256).ConfigureAwait(false) is { } octets
            ? CapXml.ReferenceOf(octets)
            : null;
}
