using Breakwater.Disruptions;
using Breakwater.Records;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Responding;

/// <summary>Detection by all that was handed in about a place. What it finds is recorded before it is told.</summary>
internal static class Detecting
{
    /// <param name="since">Disruptions that ended before are left out; null for none.</param>
    /// <param name="asOf">What was known by then.</param>
    public static async Task<(Detection Detection, SignalsFound Read)> Do(
        IRecords records,
        Place place,
        Instant? since,
        Instant asOf,
        CancellationToken cancel
    )
    {
        SignalsFound read = await SignalsOnRecord.Read(records, place).ConfigureAwait(false);
        var judging = new Judging(DetectorProfile.Default, since, asOf, []);
        Detection detection = await Task.Run(() => judging.Detect(read.Signals), cancel)
            .ConfigureAwait(false);
        await Recording
            .Keep(records, [], read.Signals, detection, judging, cancel)
            .ConfigureAwait(false);
        return (detection, read);
    }
}
