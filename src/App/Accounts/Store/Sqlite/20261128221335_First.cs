using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Breakwater.App.Accounts.Store.Sqlite;

/// <inheritdoc />
internal sealed partial class First : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            name: "accounts",
            columns: table => new
            {
                Id = table.Column<Guid>(type: "TEXT", nullable: false),
                IsOperator = table.Column<bool>(type: "INTEGER", nullable: false),
                AnsweredForBy = table.Column<Guid>(type: "TEXT", nullable: true),
                Since = table.Column<DateOnly>(type: "TEXT", nullable: false),
                UserName = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                NormalizedUserName = table.Column<string>(
                    type: "TEXT",
                    maxLength: 40,
                    nullable: true
                ),
                PasswordHash = table.Column<string>(type: "TEXT", nullable: true),
                SecurityStamp = table.Column<string>(type: "TEXT", nullable: true),
                ConcurrencyStamp = table.Column<string>(type: "TEXT", nullable: true),
                TwoFactorEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                LockoutEnd = table.Column<DateTimeOffset>(type: "TEXT", nullable: true),
                LockoutEnabled = table.Column<bool>(type: "INTEGER", nullable: false),
                AccessFailedCount = table.Column<int>(type: "INTEGER", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_accounts", x => x.Id);
            }
        );

        migrationBuilder.CreateTable(
            name: "form_keys",
            columns: table => new
            {
                Id = table
                    .Column<int>(type: "INTEGER", nullable: false)
                    .Annotation("Sqlite:Autoincrement", true),
                FriendlyName = table.Column<string>(type: "TEXT", nullable: true),
                Xml = table.Column<string>(type: "TEXT", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_form_keys", x => x.Id);
            }
        );

        migrationBuilder.CreateTable(
            name: "retired_names",
            columns: table => new { Name = table.Column<string>(type: "TEXT", nullable: false) },
            constraints: table =>
            {
                table.PrimaryKey("PK_retired_names", x => x.Name);
            }
        );

        migrationBuilder.CreateTable(
            name: "account_claims",
            columns: table => new
            {
                Id = table
                    .Column<int>(type: "INTEGER", nullable: false)
                    .Annotation("Sqlite:Autoincrement", true),
                UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                ClaimType = table.Column<string>(type: "TEXT", nullable: true),
                ClaimValue = table.Column<string>(type: "TEXT", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_account_claims", x => x.Id);
                table.ForeignKey(
                    name: "FK_account_claims_accounts_UserId",
                    column: x => x.UserId,
                    principalTable: "accounts",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );

        migrationBuilder.CreateTable(
            name: "account_links",
            columns: table => new
            {
                LoginProvider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                ProviderKey = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                ProviderDisplayName = table.Column<string>(type: "TEXT", nullable: true),
                UserId = table.Column<Guid>(type: "TEXT", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_account_links", x => new { x.LoginProvider, x.ProviderKey });
                table.ForeignKey(
                    name: "FK_account_links_accounts_UserId",
                    column: x => x.UserId,
                    principalTable: "accounts",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );

        migrationBuilder.CreateTable(
            name: "account_values",
            columns: table => new
            {
                UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                LoginProvider = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                Name = table.Column<string>(type: "TEXT", maxLength: 128, nullable: false),
                Value = table.Column<string>(type: "TEXT", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey(
                    "PK_account_values",
                    x => new
                    {
                        x.UserId,
                        x.LoginProvider,
                        x.Name,
                    }
                );
                table.ForeignKey(
                    name: "FK_account_values_accounts_UserId",
                    column: x => x.UserId,
                    principalTable: "accounts",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );

        migrationBuilder.CreateTable(
            name: "passkeys",
            columns: table => new
            {
                CredentialId = table.Column<byte[]>(type: "BLOB", maxLength: 1024, nullable: false),
                UserId = table.Column<Guid>(type: "TEXT", nullable: false),
                Data = table.Column<string>(type: "TEXT", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_passkeys", x => x.CredentialId);
                table.ForeignKey(
                    name: "FK_passkeys_accounts_UserId",
                    column: x => x.UserId,
                    principalTable: "accounts",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );

        migrationBuilder.CreateTable(
            name: "recovery_codes",
            columns: table => new
            {
                Id = table.Column<Guid>(type: "TEXT", nullable: false),
                AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_recovery_codes", x => x.Id);
                table.ForeignKey(
                    name: "FK_recovery_codes_accounts_AccountId",
                    column: x => x.AccountId,
                    principalTable: "accounts",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );

        migrationBuilder.CreateTable(
            name: "tokens",
            columns: table => new
            {
                Id = table.Column<Guid>(type: "TEXT", nullable: false),
                AccountId = table.Column<Guid>(type: "TEXT", nullable: false),
                Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                Name = table.Column<string>(type: "TEXT", nullable: false),
                Scopes = table.Column<string>(type: "TEXT", nullable: false),
                Until = table.Column<DateTimeOffset>(type: "TEXT", nullable: false),
                LastUsed = table.Column<DateOnly>(type: "TEXT", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_tokens", x => x.Id);
                table.ForeignKey(
                    name: "FK_tokens_accounts_AccountId",
                    column: x => x.AccountId,
                    principalTable: "accounts",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );

        migrationBuilder.CreateIndex(
            name: "IX_account_claims_UserId",
            table: "account_claims",
            column: "UserId"
        );

        migrationBuilder.CreateIndex(
            name: "IX_account_links_UserId",
            table: "account_links",
            column: "UserId"
        );

        migrationBuilder.CreateIndex(
            name: "IX_accounts_AnsweredForBy",
            table: "accounts",
            column: "AnsweredForBy"
        );

        migrationBuilder.CreateIndex(
            name: "UserNameIndex",
            table: "accounts",
            column: "NormalizedUserName",
            unique: true
        );

        migrationBuilder.CreateIndex(
            name: "IX_passkeys_UserId",
            table: "passkeys",
            column: "UserId"
        );

        migrationBuilder.CreateIndex(
            name: "IX_recovery_codes_AccountId",
            table: "recovery_codes",
            column: "AccountId"
        );

        migrationBuilder.CreateIndex(
            name: "IX_tokens_AccountId",
            table: "tokens",
            column: "AccountId"
        );

        migrationBuilder.CreateIndex(
            name: "IX_tokens_Hash",
            table: "tokens",
            column: "Hash",
            unique: true
        );
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(name: "account_claims");

        migrationBuilder.DropTable(name: "account_links");

        migrationBuilder.DropTable(name: "account_values");

        migrationBuilder.DropTable(name: "form_keys");

        migrationBuilder.DropTable(name: "passkeys");

        migrationBuilder.DropTable(name: "recovery_codes");

        migrationBuilder.DropTable(name: "retired_names");

        migrationBuilder.DropTable(name: "tokens");

        migrationBuilder.DropTable(name: "accounts");
    }
}
