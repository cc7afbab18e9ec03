using System.Data.Common;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Breakwater.App.Accounts.Store;

/// <summary>The tables of accounts. The same in both databases; each has its own steps forward.</summary>
internal abstract class AccountsContext(DbContextOptions options)
    : IdentityUserContext<Account, Guid>(options),
        IDataProtectionKeyContext
{
    public const int NameMax = 40;

    public DbSet<KeptToken> Tokens => Set<KeptToken>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<RetiredName> RetiredNames => Set<RetiredName>();

    /// <summary>Keys of cookies and forms, when they are not files of the data folder.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>The schema with passkeys. The base class asks its application's services for it, and nothing else.</summary>
    protected static IServiceProvider Options { get; } =
        new ServiceCollection()
            .Configure<IdentityOptions>(identity =>
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3
            )
            .BuildServiceProvider();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Account>(account =>
        {
            account.ToTable("accounts");
            account.Property(each => each.UserName).HasMaxLength(NameMax);
            account.Property(each => each.NormalizedUserName).HasMaxLength(NameMax);
            account.Ignore(each => each.Email);
            account.Ignore(each => each.NormalizedEmail);
            account.Ignore(each => each.EmailConfirmed);
            account.Ignore(each => each.PhoneNumber);
            account.Ignore(each => each.PhoneNumberConfirmed);
            account.HasIndex(each => each.AnsweredForBy);
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_links");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_values");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("passkeys");
        builder.Entity<KeptToken>(token =>
        {
            token.ToTable("tokens");
            token.HasIndex(each => each.Hash).IsUnique();
            token.HasOne<Account>().WithMany().HasForeignKey(each => each.AccountId);
        });
        builder.Entity<RecoveryCode>(code =>
        {
            code.ToTable("recovery_codes");
            code.HasOne<Account>().WithMany().HasForeignKey(each => each.AccountId);
        });
        builder.Entity<RetiredName>(name =>
        {
            name.ToTable("retired_names");
            name.HasKey(each => each.Name);
        });
        builder.Entity<DataProtectionKey>().ToTable("form_keys");
    }
}

/// <summary>Accounts in one file of the data folder.</summary>
internal sealed class SqliteAccounts(DbContextOptions<SqliteAccounts> options)
    : AccountsContext(options)
{
    public static SqliteAccounts At(string path, bool isShared) =>
        new(
            new DbContextOptionsBuilder<SqliteAccounts>()
                .UseApplicationServiceProvider(Options)
                .UseSqlite($"Data Source={path};Pooling={isShared}")
                .Options
        );
}

/// <summary>Accounts in the database server of the store.</summary>
internal sealed class PostgresAccounts(DbContextOptions<PostgresAccounts> options)
    : AccountsContext(options)
{
    private const string Schema = "accounts";

    public static PostgresAccounts At(string connection) =>
        new(
            new DbContextOptionsBuilder<PostgresAccounts>()
                .UseApplicationServiceProvider(Options)
                .UseNpgsql(
                    connection,
                    // A schema of its own beside the tables of the store.
                    server => server.MigrationsHistoryTable("steps", Schema)
                )
                .Options
        );

    /// <summary>Over a connection that stays its owner's.</summary>
    public static PostgresAccounts At(DbConnection connection) =>
        new(
            new DbContextOptionsBuilder<PostgresAccounts>()
                .UseApplicationServiceProvider(Options)
                .UseNpgsql(connection)
                .Options
        );

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema(Schema);
    }
}
