using Breakwater.App.Accounts.Pages;
using Breakwater.App.Pages.Response;
using Breakwater.App.Subjects;
using Xunit;

namespace Breakwater.App.Tests;

/// <summary>Forms keep some fields for themselves.</summary>
public sealed class FormNamesTests
{
    private static readonly string[] _own = [Form.Proof, Form.SeenVersion, "key", "back", "lang"];

    [Fact]
    public void No_command_has_a_field_that_forms_keep_for_themselves() =>
        Assert.DoesNotContain(
            Catalogue
                .Known.Kinds.SelectMany(kind => kind.Commands)
                .Where(command => command.Admission != Admission.Nobody)
                .SelectMany(
                    command => Members.Of(command.Request),
                    (command, member) => $"{command.Name}: {Members.JsonName(member)}"
                ),
            field => _own.Contains(field.Split(' ')[1])
        );
}
