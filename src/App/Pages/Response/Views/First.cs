using Breakwater.App.Accounts.Pages;
using Breakwater.App.Api;
using Breakwater.App.Exercises.Pages;
using Breakwater.App.Pages.Agreements;
using Breakwater.App.Pages.Consulting;

namespace Breakwater.App.Pages.Response.Views;

/// <summary>What readers of a kind must see first. A kind without such a part shows all that is recorded at once.</summary>
internal static class First
{
    /// <returns>False when the kind has no such part.</returns>
    public static async Task<bool> Write(
        Markup page,
        Visit visit,
        Seen seen,
        Reading reading,
        Naming naming,
        Caller caller
    )
    {
        switch (seen.Kind.Kind)
        {
            case "response":
                await ResponseView.Write(page, seen, reading, naming, caller).ConfigureAwait(false);
                return true;
            case "decision":
                DecisionView.Write(page, seen, reading.Now);
                return true;
            case "commitment":
                CommitmentView.Write(page, seen);
                return true;
            case "conflict":
                ConflictView.Write(page, seen);
                return true;
            case "clearance":
                ClearanceView.Write(page, seen, reading.Now);
                return true;
            case "notification":
                NotificationView.Write(page, seen, reading.Now);
                return true;
            case "mission":
                await MissionView.Write(page, seen, reading, caller).ConfigureAwait(false);
                return true;
            case "fuel-depot":
                DepotView.Write(page, seen);
                return true;
            case "publication":
                PublicationView.Write(
                    page,
                    seen,
                    await reading.Recipients(seen, caller).ConfigureAwait(false),
                    await reading.Carried(seen).ConfigureAwait(false),
                    reading.Now
                );
                return true;
            case "imported-list":
                await Lists
                    .ListView.Write(page, seen, visit.Get<Records.IRecords>(), caller, reading.Now)
                    .ConfigureAwait(false);
                return true;
            case "indicator-file":
                await Resilience
                    .IndicatorFileView.Write(page, seen, visit.Get<App.Resilience.ValuesOnRecord>())
                    .ConfigureAwait(false);
                return true;
            case "dossier":
                DossierView.Write(page, seen);
                return true;
            case "continuity-case":
                await CaseView.Write(page, seen, reading, caller).ConfigureAwait(false);
                return true;
            case "shutdown-order":
                DossierView.WriteOrder(page, seen);
                return true;
            case "common-position":
                CommonPositionView.Write(page, seen);
                return true;
            case "contest":
                ContestView.Write(page, seen);
                return true;
            case "consultation":
                await ConsultationView
                    .Write(page, visit, seen, reading, caller)
                    .ConfigureAwait(false);
                return true;
            case "consultation-input":
                await InputView.Write(page, visit, seen, reading, caller).ConfigureAwait(false);
                return true;
            case "meeting":
                MeetingView.Write(page, seen);
                return true;
            case "work-area":
                await WorkAreaView.Write(page, seen, reading, caller).ConfigureAwait(false);
                return true;
            case "cycle":
                await CycleView.Write(page, seen, reading, caller).ConfigureAwait(false);
                return true;
            case "fact-sheet":
                await FactSheetView.Write(page, visit, seen, reading, caller).ConfigureAwait(false);
                return true;
            case "agreement":
                await AgreementView.Write(page, seen, reading, caller).ConfigureAwait(false);
                return true;
            case "country-plan":
                CountryPlanView.Write(page, seen, reading.Now, caller);
                return true;
            case "exercise":
                ExerciseView.Write(page, seen);
                return true;
            case "offer":
                await AgreementView.OfOffer(page, seen, reading, caller).ConfigureAwait(false);
                return false;
            case "duty-roster":
                RosterView.Write(page, seen, reading.Now);
                return true;
            case "contact-point":
                Contacts.ContactView.Write(page, seen, reading.Now);
                return true;
            case "contact-ping":
                Contacts.ContactView.WritePing(page, seen);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Members of the state as facts, in this order; what is not stated says so.</summary>
    public static IEnumerable<(string Name, string Value)> Facts(
        Markup page,
        Seen seen,
        params IReadOnlyList<string> names
    ) =>
        names
            .Select(name => Members.Of(seen.Kind.State).First(member => member.Name == name))
            .Select(member =>
                (
                    Labels.Member(page.Texts, member),
                    (
                        seen.At(Members.JsonName(member)) is { } value
                            ? Values.Html(page, member, value)
                            : null
                    ) ?? page.Texts.Html("response.not-stated")
                )
            );

    /// <summary>A list of the state as a table; nothing when it is empty.</summary>
    public static void Table(
        Markup page,
        Seen seen,
        string name,
        IReadOnlyList<string>? only = null
    )
    {
        var member = Members.Of(seen.Kind.State).First(each => each.Name == name);
        if (seen.List(Members.JsonName(member)) is { Count: > 0 } rows)
        {
            string title = Labels.Member(page.Texts, member);
            page.Head(Members.Kebab(name), title);
            StatePart.Table(page, title, rows, Members.ItemOf(member.PropertyType)!, only);
        }
    }
}
