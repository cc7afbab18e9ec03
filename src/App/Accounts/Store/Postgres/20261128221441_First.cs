using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Breakwater.App.Accounts.Store.Postgres;

/// <inheritdoc />
internal sealed partial class First : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.EnsureSchema(name: "accounts");

        migrationBuilder.CreateTable(
            name: "accounts",
            schema: "accounts",
            columns: table => new
            {
                Id = table.Column<Guid>(type: "uuid", nullable: false),
                IsOperator = table.Column<bool>(type: "boolean", nullable: false),
                AnsweredForBy = table.Column<Guid>(type: "uuid", nullable: true),
                Since = table.Column<DateOnly>(type: "date", nullable: false),
                UserName = table.Column<string>(
                    type: "character varying(40)",
                    maxLength: 40,
                    nullable: true
                ),
                NormalizedUserName = table.Column<string>(
                    type: "character varying(40)",
                    maxLength: 40,
                    nullable: true
                ),
                PasswordHash = table.Column<string>(type: "text", nullable: true),
                SecurityStamp = table.Column<string>(type: "text", nullable: true),
                ConcurrencyStamp = table.Column<string>(type: "text", nullable: true),
                TwoFactorEnabled = table.Column<bool>(type: "boolean", nullable: false),
                LockoutEnd = table.Column<DateTimeOffset>(
                    type: "timestamp with time zone",
                    nullable: true
                ),
                LockoutEnabled = table.Column<bool>(type: "boolean", nullable: false),
                AccessFailedCount = table.Column<int>(type: "integer", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_accounts", x => x.Id);
            }
        );

        migrationBuilder.CreateTable(
            name: "form_keys",
            schema: "accounts",
            columns: table => new
            {
                Id = table
                    .Column<int>(type: "integer", nullable: false)
                    .Annotation(
                        "Npgsql:ValueGenerationStrategy",
                        NpgsqlValueGenerationStrategy.IdentityByDefaultColumn
                    ),
                FriendlyName = table.Column<string>(type: "text", nullable: true),
                Xml = table.Column<string>(type: "text", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_form_keys", x => x.Id);
            }
        );

        migrationBuilder.CreateTable(
            name: "retired_names",
            schema: "accounts",
            columns: table => new { Name = table.Column<string>(type: "text", nullable: false) },
            constraints: table =>
            {
                table.PrimaryKey("PK_retired_names", x => x.Name);
            }
        );

        migrationBuilder.CreateTable(
            name: "account_claims",
            schema: "accounts",
            columns: table => new
            {
                Id = table
                    .Column<int>(type: "integer", nullable: false)
                    .Annotation(
                        "Npgsql:ValueGenerationStrategy",
                        NpgsqlValueGenerationStrategy.IdentityByDefaultColumn
                    ),
                UserId = table.Column<Guid>(type: "uuid", nullable: false),
                ClaimType = table.Column<string>(type: "text", nullable: true),
                ClaimValue = table.Column<string>(type: "text", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_account_claims", x => x.Id);
                table.ForeignKey(
                    name: "FK_account_claims_accounts_UserId",
                    column: x => x.UserId,
                    principalSchema: "accounts",
                    principalTable: "accounts",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );

        migrationBuilder.CreateTable(
            name: "account_links",
            schema: "accounts",
            columns: table => new
            {
                LoginProvider = table.Column<string>(
                    type: "character varying(128)",
                    maxLength: 128,
                    nullable: false
                ),
                ProviderKey = table.Column<string>(
                    type: "character varying(128)",
                    maxLength: 128,
                    nullable: false
                ),
                ProviderDisplayName = table.Column<string>(type: "text", nullable: true),
                UserId = table.Column<Guid>(type: "uuid", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_account_links", x => new { x.LoginProvider, x.ProviderKey });
                table.ForeignKey(
                    name: "FK_account_links_accounts_UserId",
                    column: x => x.UserId,
                    principalSchema: "accounts",
                    principalTable: "accounts",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );

        migrationBuilder.CreateTable(
            name: "account_values",
            schema: "accounts",
            columns: table => new
            {
                UserId = table.Column<Guid>(type: "uuid", nullable: false),
                LoginProvider = table.Column<string>(
                    type: "character varying(128)",
                    maxLength: 128,
                    nullable: false
                ),
                Name = table.Column<string>(
                    type: "character varying(128)",
                    maxLength: 128,
                    nullable: false
                ),
                Value = table.Column<string>(type: "text", nullable: true),
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
                    principalSchema: "accounts",
                    principalTable: "accounts",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );

        migrationBuilder.CreateTable(
            name: "passkeys",
            schema: "accounts",
            columns: table => new
            {
                CredentialId = table.Column<byte[]>(
                    type: "bytea",
                    maxLength: 1024,
                    nullable: false
                ),
                UserId = table.Column<Guid>(type: "uuid", nullable: false),
                Data = table.Column<string>(type: "jsonb", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_passkeys", x => x.CredentialId);
                table.ForeignKey(
                    name: "FK_passkeys_accounts_UserId",
                    column: x => x.UserId,
                    principalSchema: "accounts",
                    principalTable: "accounts",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );

        migrationBuilder.CreateTable(
            name: "recovery_codes",
            schema: "accounts",
            columns: table => new
            {
                Id = table.Column<Guid>(type: "uuid", nullable: false),
                AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                Hash = table.Column<byte[]>(type: "bytea", nullable: false),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_recovery_codes", x => x.Id);
                table.ForeignKey(
                    name: "FK_recovery_codes_accounts_AccountId",
                    column: x => x.AccountId,
                    principalSchema: "accounts",
                    principalTable: "accounts",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );

        migrationBuilder.CreateTable(
            name: "tokens",
            schema: "accounts",
            columns: table => new
            {
                Id = table.Column<Guid>(type: "uuid", nullable: false),
                AccountId = table.Column<Guid>(type: "uuid", nullable: false),
                Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                Name = table.Column<string>(type: "text", nullable: false),
                Scopes = table.Column<string>(type: "text", nullable: false),
                Until = table.Column<DateTimeOffset>(
                    type: "timestamp with time zone",
                    nullable: false
                ),
                LastUsed = table.Column<DateOnly>(type: "date", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_tokens", x => x.Id);
                table.ForeignKey(
                    name: "FK_tokens_accounts_AccountId",
                    column: x => x.AccountId,
                    principalSchema: "accounts",
                    principalTable: "accounts",
                    principalColumn: "Id",
                    onDelete: ReferentialAction.Cascade
                );
            }
        );

        migrationBuilder.CreateIndex(
            name: "IX_account_claims_UserId",
            schema: "accounts",
            table: "account_claims",
            column: "UserId"
        );

        migrationBuilder.CreateIndex(
            name: "IX_account_links_UserId",
            schema: "accounts",
            table: "account_links",
            column: "UserId"
        );

        migrationBuilder.CreateIndex(
            name: "IX_accounts_AnsweredForBy",
            schema: "accounts",
            table: "accounts",
            column: "AnsweredForBy"
        );

        migrationBuilder.CreateIndex(
            name: "UserNameIndex",
            schema: "accounts",
            table: "accounts",
            column: "NormalizedUserName",
            unique: true
        );

        migrationBuilder.CreateIndex(
            name: "IX_passkeys_UserId",
            schema: "accounts",
            table: "passkeys",
            column: "UserId"
        );

        migrationBuilder.CreateIndex(
            name: "IX_recovery_codes_AccountId",
            schema: "accounts",
            table: "recovery_codes",
            column: "AccountId"
        );

        migrationBuilder.CreateIndex(
            name: "IX_tokens_AccountId",
            schema: "accounts",
            table: "tokens",
            column: "AccountId"
        );

        migrationBuilder.CreateIndex(
            name: "IX_tokens_Hash",
            schema: "accounts",
            table: "tokens",
            column: "Hash",
            unique: true
        );
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.DropTable(name: "account_claims", schema: "accounts");

        migrationBuilder.DropTable(name: "account_links", schema: "accounts");

        migrationBuilder.DropTable(name: "account_values", schema: "accounts");

        migrationBuilder.DropTable(name: "form_keys", schema: "accounts");

        migrationBuilder.DropTable(name: "passkeys", schema: "accounts");

        migrationBuilder.DropTable(name: "recovery_codes", schema: "accounts");

        migrationBuilder.DropTable(name: "retired_names", schema: "accounts");

        migrationBuilder.DropTable(name: "tokens", schema: "accounts");

        migrationBuilder.DropTable(name: "accounts", schema: "accounts");
    }
}
