using System.Text.Json;
using Breakwater.App.Api;
using Breakwater.App.Pages.Response;
using Breakwater.App.Pages.Response.Views;
using Breakwater.Preparedness.Agreements;
using Breakwater.Publications;
using Breakwater.Vocabulary;
using NodaTime;

namespace Breakwater.App.Pages.Agreements;

/// <summary>An agreement: whether it is in force, who signed, when it is proposed, what became of it, and what is wanting in it.</summary>
internal static class AgreementView
{
    public static async Task Write(Markup page, Seen seen, Reading reading, Caller caller)
    {
        Agreement agreement = seen.State.Deserialize<Agreement>(Json.Compact)!;
        PageTexts texts = page.Texts;
        if (agreement.State == AgreementState.Proposed)
        {
            page.Say(texts.Html("agreement.waits"), "caution");
        }

        Wanting(page, agreement, reading.Now);
        JsonElement terms = seen.At("terms")!.Value;
        page.Facts(Facts(page, terms));
        Parties(page, agreement, agreement.Signatures, "field.signatures");
        if (agreement.Revision is not null)
        {
            page.Head("revision", texts.Html("field.revision"))
                .Facts(Facts(page, seen.At("revision")!.Value));
            Parties(page, agreement, agreement.RevisionSignatures, "field.revision-signatures");
        }

        TriggerPart.Write(page, agreement.Terms.Trigger);
        if (agreement.IsInForceAt(reading.Now) && agreement.Terms.Trigger.Count > 0)
        {
            TriggerPart.Now(
                page,
                await reading.Triggers(agreement, caller).ConfigureAwait(false),
                disruption => Answer(page, seen, agreement, disruption.Id, caller)
            );
        }

        Activations(page, seen, agreement, caller);
        Tests(page, seen, agreement);
        Offers(page, agreement);
    }

    /// <summary>On the page of an offer: the agreements that it rests on.</summary>
    public static async Task OfOffer(Markup page, Seen offer, Reading reading, Caller caller)
    {
        (IReadOnlyList<Agreement> agreements, _) = await reading
            .Agreements(caller)
            .ConfigureAwait(false);
        Agreement[] under =
        [
            .. agreements.Where(one => one.Offers.Contains(offer.Id, StringComparer.Ordinal)),
        ];
        if (under.Length > 0)
        {
            page.Head("agreements", page.Texts.Html("agreement.rests-on"))
                .Items(
                    under.Select(one =>
                        $"{page.LinkTo("agreements", one.Id, page.Texts.Html(new Free(one.Name)))}: {ActivationsPart.Value(page.Texts, one.State)}"
                    )
                );
        }
    }

    public static string Want(PageTexts texts, AgreementWanting want) =>
        texts.Html($"agreement.want.{Checks.Word(want.Want)}")
        + (want.At is { } at ? $" ({texts.Html(new Moment(at))})" : "");

    private static void Wanting(Markup page, Agreement agreement, Instant now)
    {
        if (
            agreement.IsInForceAt(now)
            && AgreementCover.Wants(agreement, now) is { Count: > 0 } wants
        )
        {
            page.Say(
                $"{page.Texts.Html("agreement.wanting")}: {string.Join(page.Texts.Comma, wants.Select(want => Want(page.Texts, want)))}",
                "caution"
            );
        }
    }

    private static IEnumerable<(string, string)> Facts(Markup page, JsonElement terms) =>
        (
            (string[])
                [
                    "Kind",
                    "Places",
                    "Action",
                    "Quantity",
                    "Unit",
                    "Groups",
                    "Conditions",
                    "From",
                    "Until",
                    "TestMonths",
                ]
        )
            .Select(name => Members.Of(typeof(AgreementTerms)).First(member => member.Name == name))
            .Select(member =>
                (
                    Labels.Member(page.Texts, member),
                    (
                        Seen.At(terms, Members.JsonName(member)) is { } value
                            ? Values.Html(page, member, value)
                            : null
                    ) ?? page.Texts.Html("response.not-stated")
                )
            );

    private static void Parties(
        Markup page,
        Agreement agreement,
        IReadOnlyList<PartySignature> signatures,
        string title
    )
    {
        PageTexts texts = page.Texts;
        page.Raw($"<h3>{texts.Html(title)}</h3>\n")
            .Rows(
                texts.Html(title),
                [
                    texts.Html("agreement.party"),
                    texts.Html("field.class"),
                    texts.Html("field.answer"),
                    texts.Html("field.at"),
                    texts.Html("field.document"),
                ],
                [
                    .. signatures.Select(one =>
                    {
                        AgreementParty? party = agreement.Parties.FirstOrDefault(known =>
                            known.Key() == one.Party
                        );
                        return new GridRow(
                            [
                                party?.Organisation is { } id
                                    ? page.LinkTo(
                                        "organisations",
                                        id,
                                        texts.Html(new Free(party.Name))
                                    )
                                    : texts.Html(new Free(one.Party)),
                                party is null ? "—" : ActivationsPart.Value(texts, party.Class),
                                ActivationsPart.Value(texts, one.Answer)
                                    + (
                                        one.Reason is { } reason
                                            ? $": {texts.Html(new Free(reason))}"
                                            : ""
                                    ),
                                one.At is { } at ? texts.Html(new Moment(at)) : "—",
                                one.Document is { } document ? texts.Html(new Free(document))
                                : one.At is not null ? texts.Html("agreement.own-act")
                                : "—",
                            ],
                            Look: one.Answer == PartyAnswer.NoAnswer ? "late" : null
                        );
                    }),
                ]
            );
    }

    private static void Activations(Markup page, Seen seen, Agreement agreement, Caller caller)
    {
        if (agreement.Activations.Count == 0)
        {
            return;
        }

        PageTexts texts = page.Texts;
        page.Head("in-disruptions", texts.Html("agreement.in-disruptions"))
            .Rows(
                texts.Html("agreement.in-disruptions"),
                [
                    texts.Html("agreement.disruption"),
                    texts.Html("agreement.state"),
                    texts.Html("agreement.not-known"),
                    texts.Html("agreement.proposed-at"),
                    texts.Html("agreement.answers"),
                    texts.Html("agreement.answer"),
                ],
                [
                    .. agreement
                        .Activations.Reverse()
                        .Select(one => new GridRow([
                            Values.Subject(page, $"disruption/{one.DisruptionId}"),
                            ActivationsPart.Value(texts, one.State),
                            ActivationsPart.NotKnown(texts, one.NotKnown),
                            one.ProposedAt is { } at
                                ? texts.Html(new Moment(at))
                                : texts.Html("agreement.never"),
                            one.Answers.Count == 0
                                ? texts.Html("agreement.answers.none")
                                : string.Join(
                                    "<br>",
                                    one.Answers.Select(answer =>
                                        $"{Party(texts, agreement, answer.Party)}: {ActivationsPart.Value(texts, answer.Choice)}. {texts.Html(new Free(answer.Reason))}"
                                    )
                                ),
                            Answer(page, seen, agreement, one.DisruptionId, caller) ?? "—",
                        ])),
                ]
            )
            .Say(texts.Html("agreement.no-judge"), "quiet");
    }

    private static string Party(PageTexts texts, Agreement agreement, string key) =>
        texts.Html(
            new Free(agreement.Parties.FirstOrDefault(party => party.Key() == key)?.Name ?? key)
        );

    /// <summary>The way to the form, for people of a party.</summary>
    private static string? Answer(
        Markup page,
        Seen seen,
        Agreement agreement,
        string disruption,
        Caller caller
    ) =>
        seen.Kind.Commands.First(command => command.Name == "answer-activation") is var command
        && caller.WhyNot(seen.Kind, command) is null
        && agreement.PartyOf(caller.Participant.Organisation) is not null
            ? $"<a href=\"{Addresses.Of(seen.Kind, command, seen.Id)}?disruptionId={Uri.EscapeDataString(disruption)}&amp;lang={page.Texts.Language}\">{page.Texts.Html("agreement.answer")}</a>"
            : null;

    private static void Tests(Markup page, Seen seen, Agreement agreement)
    {
        if (agreement.Tests.Count == 0)
        {
            page.Head("tests", page.Texts.Html("agreement.tests"))
                .Say(page.Texts.Html("agreement.tests.none"), "quiet");
            return;
        }

        First.Table(page, seen, "Tests", ["On", "Result", "Findings", "Exercise"]);
    }

    private static void Offers(Markup page, Agreement agreement)
    {
        page.Head("offers", page.Texts.Html("agreement.offers"));
        if (agreement.Offers.Count == 0)
        {
            page.Say(page.Texts.Html("agreement.offers.none"), "quiet");
        }
        else
        {
            page.Items(agreement.Offers.Select(offer => Values.Subject(page, $"offer/{offer}")));
        }
    }
}
