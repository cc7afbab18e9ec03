using System.Text;
using System.Xml.Linq;
using System.Xml.Schema;
using Breakwater.Disruptions;
using Breakwater.Publications;
using Breakwater.Publications.Alerts;
using Breakwater.Signals;
using Breakwater.Tests;
using Breakwater.Vocabulary;
using NodaTime;
using Xunit;

namespace Breakwater.Stages.Tests;

/// <summary>Public alerts in CAP 1.2, as they leave.</summary>
public sealed class AlertsTests
{
    private const string Node = "node-0123456789abcdef";
    private static readonly Walked _walk = PublicationsFixture.SudanLike();

    private static Walked Measured => _walk with { Origin = Origin.Measured };

    private static Alert Compose(Walked walk, AlertAsked? asked = null) =>
        AlertFromWalk.Compose(
            ReleaseCheck.For(walk, Audience.Public),
            asked ?? new AlertAsked(Node)
        );

    private static XElement Xml(Alert alert) =>
        XElement.Parse(Encoding.UTF8.GetString(CapXml.Write(alert)));

    private static string? Text(XElement element, string name) =>
        element.Element(CapXml.Namespace + name)?.Value;

    [Fact]
    public void An_alert_says_in_each_language_what_is_known_since_when_how_sure_and_what_is_not_seen()
    {
        Alert alert = Compose(Measured);
        Assert.Equal(AlertStatus.Actual, alert.Status);
        Assert.Equal(["en", "fr", "ar"], alert.Infos.Select(info => info.Language));
        AlertInfo english = alert.Infos[0];
        Assert.Contains("What is known:", english.Description, StringComparison.Ordinal);
        Assert.Contains("It began", english.Description, StringComparison.Ordinal);
        Assert.Contains("How sure this is:", english.Description, StringComparison.Ordinal);
        Assert.Contains("What is not seen:", english.Description, StringComparison.Ordinal);
        Assert.Contains("working in:", english.Instruction, StringComparison.Ordinal);
        Assert.Contains("ما هو معروف", alert.Infos[2].Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AlertType.Alert)]
    [InlineData(AlertType.Update)]
    [InlineData(AlertType.Cancel)]
    public void It_is_valid_against_the_schema_of_the_standard(AlertType type)
    {
        var schemas = new XmlSchemaSet();
        schemas.Add(null, SharedData.PathOf("data/standards/cap/CAP-v1.2.xsd"));
        var earlier = new AlertReference(Node, "breakwater-1", _walk.AsOf - Duration.FromHours(2));
        byte[] octets = CapXml.Write(
            Compose(Measured, new AlertAsked(Node, type, type == AlertType.Alert ? [] : [earlier]))
        );
        var faults = new List<string>();
        XDocument
            .Parse(Encoding.UTF8.GetString(octets))
            .Validate(schemas, (_, fault) => faults.Add(fault.Message));
        Assert.Empty(faults);
        Assert.True(octets.Length < CapXml.OctetsAim, $"{octets.Length} octets");
    }

    [Fact]
    public void INV_13_an_exercise_can_only_say_exercise()
    {
        Alert alert = Compose(Measured with { IsExercise = true });
        Assert.Equal(AlertStatus.Exercise, alert.Status);
        Assert.Equal(
            AlertStatus.Exercise,
            Compose(Measured with { IsExercise = true }, new AlertAsked(Node, IsDraft: true)).Status
        );
        Assert.All(
            alert.Infos,
            info =>
                Assert.StartsWith(
                    info.Language switch
                    {
                        "en" => "EXERCISE:",
                        "fr" => "EXERCICE",
                        _ => "تمرين",
                    },
                    info.Headline,
                    StringComparison.Ordinal
                )
        );
        Assert.Contains("Exercise", Text(Xml(alert), "note"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Origin.Reconstructed)]
    [InlineData(Origin.Modelled)]
    public void What_was_not_measured_never_alarms_as_if_it_were_now(Origin origin) =>
        Assert.Equal(AlertStatus.Test, Compose(_walk with { Origin = origin }).Status);

    [Fact]
    public void An_update_and_a_cancellation_name_the_alert_that_they_are_about()
    {
        Alert first = Compose(Measured);
        AlertReference earlier = CapXml.ReferenceOf(CapXml.Write(first))!;
        Assert.Equal(
            (Node, first.Identifier, AlertStatus.Actual),
            (earlier.Sender, earlier.Identifier, earlier.Status)
        );
        XElement update = Xml(Compose(Measured, new AlertAsked(Node, AlertType.Update, [earlier])));
        Assert.Equal("Update", Text(update, "msgType"));
        Assert.Equal(
            $"{Node},{first.Identifier},{Text(Xml(first), "sent")}",
            Text(update, "references")
        );
        XElement cancel = Xml(
            AlertFromWalk.Cancel(
                earlier,
                Node,
                "it named a town",
                _walk.AsOf + Duration.FromHours(1)
            )
        );
        Assert.Equal("Cancel", Text(cancel, "msgType"));
        Assert.Equal("it named a town", Text(cancel, "note"));
        Assert.DoesNotContain(
            cancel.Descendants(),
            element => element.Name.LocalName is "area" or "instruction"
        );
    }

    [Fact]
    public void Our_own_reader_of_alerts_understands_what_we_write()
    {
        SignalsRead read = SignalsFromCap.Read(
            SignalsFixture.File(
                Encoding.UTF8.GetString(CapXml.Write(Compose(Measured))),
                "alert.xml"
            ),
            null
        );
        Assert.Empty(read.Faults);
        Assert.NotEmpty(read.Signals);
        Assert.All(read.Signals, signal => Assert.Equal("SD", signal.Place.Country));
        Assert.Contains(read.Signals.OfType<ClaimSignal>(), claim => claim.Claim.What == "outage");
    }

    [Fact]
    public void Terms_that_no_line_covers_are_unknown()
    {
        Disruption disruption = _walk.Detection.Disruptions[0];
        AlertTerms terms = AlertTerms.Known;
        Assert.Equal("Unknown", terms.SeverityOf(disruption with { Severity = [] }));
        Assert.Equal(
            "Unknown",
            terms.CertaintyOf(disruption with { State = DisruptionState.Contradictory })
        );
        Assert.Equal(
            "Unknown",
            terms.UrgencyOf(
                disruption with
                {
                    End = null,
                    SeenUntil = _walk.AsOf,
                    State = DisruptionState.Confirmed,
                }
            )
        );
        Assert.Equal("Unknown", terms.SeverityOf(disruption with { Kind = DisruptionKind.Hijack }));
        Assert.Equal(
            "Observed",
            terms.CertaintyOf(
                disruption with
                {
                    State = DisruptionState.Confirmed,
                    Confidence = new Confidence(0.97),
                }
            )
        );
        Assert.Equal(
            "Possible",
            terms.CertaintyOf(
                disruption with
                {
                    State = DisruptionState.Suspected,
                    Confidence = new Confidence(0.3),
                }
            )
        );
        Assert.All(
            Enum.GetValues<DisruptionKind>(),
            kind => Assert.NotEqual("Other", terms.CategoryOf(disruption with { Kind = kind }))
        );
    }

    [Fact]
    public void INV_07_no_position_is_in_it_and_its_area_is_the_country()
    {
        XElement alert = Xml(Compose(Measured));
        Assert.All(
            alert
                .Descendants(CapXml.Namespace + "polygon")
                .SelectMany(polygon =>
                    polygon.Value.Split(' ').SelectMany(point => point.Split(','))
                ),
            // Half degrees: about fifty kilometres.
            edge =>
                Assert.Equal(
                    0,
                    decimal.Parse(edge, System.Globalization.CultureInfo.InvariantCulture) * 2 % 1
                )
        );
        Assert.DoesNotContain(alert.Descendants(), element => element.Name.LocalName == "circle");
    }

    [Fact]
    public void What_lies_on_no_map_is_warned_of_without_an_area()
    {
        Disruption registry = _walk.Detection.Disruptions[0] with
        {
            Place = Place.OfFunction("rir:afrinic"),
            Kind = DisruptionKind.RegistryFailure,
        };
        Alert alert = Compose(Measured with { Detection = new Detection([registry], []) });
        Assert.All(alert.Infos, info => Assert.Null(info.Area));
        Assert.Contains(
            "No source that was used is known",
            alert.Infos[0].Description,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_same_walk_gives_the_same_octets() =>
        Assert.Equal(CapXml.Write(Compose(Measured)), CapXml.Write(Compose(Measured)));

    [Fact]
    public void A_hostile_wording_stays_text()
    {
        Walked walk = Measured with
        {
            Corrects = new Corrected("pub-1", _walk.AsOf, "</note><alert>\u0000\u202E&"),
        };
        XElement cancel = Xml(
            Compose(
                walk with
                {
                    Detection = new Detection([], []),
                },
                new AlertAsked(Node, AlertType.Cancel, [new AlertReference(Node, "x", _walk.AsOf)])
            )
        );
        Assert.Single(cancel.DescendantsAndSelf(CapXml.Namespace + "alert"));
    }
}
