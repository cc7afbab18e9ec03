using Breakwater.Norms.Expressions;
using Xunit;

namespace Breakwater.Norms.Tests;

public sealed class KleeneTests
{
    [Fact]
    public void What_was_not_said_is_unknown() => Assert.Equal(Kleene.Unknown, default);
}
