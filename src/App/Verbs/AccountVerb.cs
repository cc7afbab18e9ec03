using System.CommandLine;
using Breakwater.App.Accounts;
using Breakwater.App.Accounts.Store;

namespace Breakwater.App.Verbs;

/// <summary><c>account add</c>: the first accounts of a node, which nobody could make on a page yet.</summary>
internal static class AccountVerb
{
    public static Command Command(Printing print)
    {
        var command = new Command("account", "Accounts of a node") { Add(print) };
        return command;
    }

    private static Command Add(Printing print)
    {
        var name = new Argument<string>("NAME")
        {
            Description =
                $"Pseudonym: {AccountName.LengthMin} to {AccountName.LengthMax} Latin letters, digits or dashes",
        };
        Option<bool> isOperator = new("--operator")
        {
            Description = "May seat the first registrar of the node",
        };
        Option<bool> json = Options.Json();
        Option<string?> data = Options.Data();
        var command = new Command(
            "add",
            "Make an account and print a code that sets its password once, on the page /account/recover. Example: breakwater account add first-operator --operator"
        )
        {
            name,
            isOperator,
            json,
            data,
        };
        command.SetAction(
            async (parsed, cancel) =>
            {
                string folder = DataFolder.Path(parsed.GetValue(data));
                (Account account, string code) = await Made(
                        AccountSettings.Of(folder),
                        parsed.GetValue(name)!,
                        parsed.GetValue(isOperator),
                        cancel
                    )
                    .ConfigureAwait(false);
                if (parsed.GetValue(json))
                {
                    print.Json(
                        new
                        {
                            Account = account.UserName,
                            Operator = account.IsOperator,
                            Code = code,
                        }
                    );
                }
                else
                {
                    print.Line($"account {account.UserName}: code {code}");
                    print.Line(
                        "It sets the password once, on the page /account/recover of this node. It is not shown again."
                    );
                }

                return ExitCode.Done;
            }
        );
        return command;
    }

    internal static async Task<(Account Account, string Code)> Made(
        AccountSettings settings,
        string name,
        bool isOperator,
        CancellationToken cancel
    )
    {
        var services = new ServiceCollection();
        services.AddLogging();
        Door.AddStore(services, settings);
        await using ServiceProvider provider = services.BuildServiceProvider();
        await using AsyncServiceScope scope = provider.CreateAsyncScope();
        (Account? account, NotDone? why) = await scope
            .ServiceProvider.GetRequiredService<Enrolling>()
            .Add(name, isOperator, cancel)
            .ConfigureAwait(false);
        if (account is null)
        {
            throw why == NotDone.NameForm
                ? new Fault(
                    ExitCode.Usage,
                    $"'{name}' cannot be a pseudonym. Write {AccountName.LengthMin} to {AccountName.LengthMax} Latin letters, digits or dashes"
                )
                : new Fault(
                    ExitCode.Conflict,
                    $"the name {name} is taken, was taken once, or is kept for the node. Choose another"
                );
        }

        IReadOnlyList<string> codes = await scope
            .ServiceProvider.GetRequiredService<Recovering>()
            .Make(account.Id, 1, cancel)
            .ConfigureAwait(false);
        return (account, codes[0]);
    }
}
