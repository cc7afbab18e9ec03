using System.Net;
using Breakwater.Decisions.Membership;
using Breakwater.Vocabulary;

namespace Breakwater.App.Tests;

/// <summary>Who takes part: one organisation joins and is vetted, and some agree to share.</summary>
internal sealed partial class ResponseWalk
{
    private const string Founder = "founder-harbour";

    private string _harbour = "";

    private Task<ApiClient> Harbour() => site.As(Founder);

    public async Task Gather()
    {
        ApiClient founder = await Harbour();
        _harbour = Done(
            await founder.Start(
                "organisations",
                new
                {
                    Name = "The harbour",
                    Class = StakeholderClass.Intergovernmental,
                    Mandate = "hears appeals",
                    Contacts = Array.Empty<object>(),
                }
            )
        );
        ApiClient registrar = As(Role.Registrar, "relief");
        Tell("Anybody founds the harbour, an organisation, and may do nothing for it yet.");

        Refused(HttpStatusCode.Forbidden, await founder.Start("decisions", new { }));
        foreach (string voucher in (string[])["relief", "families"])
        {
            Done(
                await Speaker(voucher)
                    .Do("organisations", _harbour, "vouch", new { Reason = "they are known to us" })
            );
        }

        object role = new { Person = Founder, Role = Role.Representative };
        Done(await registrar.Do("organisations", _harbour, "propose-role", role));
        Refused(
            HttpStatusCode.Forbidden,
            await registrar.Do("organisations", _harbour, "confirm-role", role)
        );
        Done(
            await As(Role.Registrar, "measurers")
                .Do("organisations", _harbour, "confirm-role", role)
        );
        Tell("Two classes vouch for it, and two registrars give its founder a role.");

        Refused(
            HttpStatusCode.UnprocessableEntity,
            await registrar.Start(
                "sharing-groups",
                new { Name = "crews", Organisations = new[] { "relief", "nobody" } }
            )
        );
        string group = Done(
            await registrar.Start(
                "sharing-groups",
                new { Name = "crews", Organisations = new[] { "relief", "measurers" } }
            )
        );
        Done(await As(Role.Registrar, "measurers").Do("sharing-groups", group, "confirm-group"));
        Tell("Two organisations share with each other; one that is not vetted cannot be named.");
    }

    /// <summary>What was given is taken: at once by one, for longer by two, and heard by others.</summary>
    private async Task Revoke()
    {
        ApiClient founder = await Harbour();
        Done(
            await As(Role.Registrar, "relief")
                .Do(
                    "organisations",
                    _harbour,
                    "restrict-organisation",
                    new { Kind = RestrictionKind.Suspended, Reason = "a token was seen elsewhere" }
                )
        );
        Done(
            await As(Role.Registrar, "measurers")
                .Do("organisations", _harbour, "confirm-restriction")
        );
        Refused(HttpStatusCode.Forbidden, await founder.Start("decisions", new { }));
        Tell("The harbour is suspended by two, and its next request is refused.");

        Done(
            await founder.Do(
                "organisations",
                _harbour,
                "appeal-restriction",
                new { Grounds = "the token was revoked" }
            )
        );
        object ruling = new { Ruling = AppealRuling.Upheld };
        Refused(
            HttpStatusCode.Forbidden,
            await As(Role.Registrar, "relief")
                .Do(
                    "organisations",
                    _harbour,
                    "propose-ruling",
                    new { Ruling = AppealRuling.Dismissed, Reason = "I said so" }
                )
        );
        Done(
            await Speaker("university")
                .Do(
                    "organisations",
                    _harbour,
                    "propose-ruling",
                    new { Ruling = AppealRuling.Upheld, Reason = "it was" }
                )
        );
        Done(await Speaker("measurers").Do("organisations", _harbour, "confirm-ruling", ruling));
        Tell("It appeals; two who took no part hear it, and it is back.");

        object taken = new
        {
            Person = Founder,
            Role = Role.Representative,
            Reason = "it moves on",
        };
        Done(await As(Role.Registrar, "relief").Do("organisations", _harbour, "take-role", taken));
        Done(
            await As(Role.Registrar, "measurers")
                .Do(
                    "organisations",
                    _harbour,
                    "confirm-taking",
                    new { Person = Founder, Role = Role.Representative }
                )
        );
        Refused(HttpStatusCode.Forbidden, await founder.Start("decisions", new { }));
        Tell("Its founder's role is taken by two registrars, and gone with the next request.");
    }
}
