using Microsoft.AspNetCore.Identity;

namespace Breakwater.App.Accounts.Store;

/// <summary>A pseudonym that can sign in, or a machine that a person answers for. No name, address, e-mail or telephone number.</summary>
internal sealed class Account : IdentityUser<Guid>
{
    /// <summary>May seat the first registrar of a fresh node; nothing else follows from it here.</summary>
    public bool IsOperator { get; set; }

    /// <summary>The person who answers for this service account; null for a person.</summary>
    public Guid? AnsweredForBy { get; set; }

    /// <summary>The day it was made. A time of day would say more about a person than anybody needs.</summary>
    public DateOnly Since { get; set; }
}

/// <summary>What is kept of a token: enough to know it again, not enough to use it.</summary>
internal sealed class KeptToken
{
    public Guid Id { get; set; }

    public Guid AccountId { get; set; }

    /// <summary>SHA-256 of the token.</summary>
    public byte[] Hash { get; set; } = [];

    /// <summary>What its owner calls it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Separated by blanks: <c>read</c>, <c>write</c>, or kinds of subjects.</summary>
    public string Scopes { get; set; } = "";

    public DateTimeOffset Until { get; set; }

    public DateOnly? LastUsed { get; set; }
}

/// <summary>A recovery code that was not used yet. It carries 100 random bits, so a plain hash of it cannot be guessed back.</summary>
internal sealed class RecoveryCode
{
    public Guid Id { get; set; }

    public Guid AccountId { get; set; }

    public byte[] Hash { get; set; } = [];
}

/// <summary>A pseudonym that is gone. It stands as author in the ledger, so nobody else may take it.</summary>
internal sealed class RetiredName
{
    public string Name { get; set; } = "";
}
