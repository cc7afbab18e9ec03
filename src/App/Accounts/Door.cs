using Breakwater.App.Accounts.Outside;
using Breakwater.App.Accounts.Pages;
using Breakwater.App.Accounts.Passkeys;
using Breakwater.App.Accounts.Sessions;
using Breakwater.App.Accounts.Store;
using Breakwater.App.Accounts.Tokens;
using Breakwater.Ledger;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Breakwater.App.Accounts;

/// <summary>Puts accounts, sessions, tokens and their pages into the server.</summary>
public static class Door
{
    private const string Either = "door";

    /// <param name="node">That which is served: its cookies are named for it.</param>
    public static void Add(WebApplicationBuilder builder, AccountSettings settings, Verifier node)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(node);
        IServiceCollection services = builder.Services;
        AddStore(services, settings).AddSignInManager();
        services.AddSingleton<Living>();
        services.AddSingleton<TokenBook>();
        services.AddSingleton(new Crowds(settings));
        services.AddHttpContextAccessor();
        AddFormKeys(services, settings);
        services.AddAntiforgery(forms => Set(forms, node));
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // A passkey stands alone here, without a password: the device must know its holder, and hold the account's name.
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
            passkeys.AttestationConveyancePreference = "none";
            passkeys.ValidateOrigin = context =>
                ValueTask.FromResult(
                    !context.CrossOrigin
                        && PasskeyForm.IsFrom(context.Origin, context.HttpContext.Request)
                );
        });
        AddSchemes(services, node);
        if (settings.Outside is { } outside)
        {
            OutsideDoor.Add(services, outside);
        }
    }

    /// <summary>Says who is behind each request, and serves the account pages.</summary>
    public static void Use(WebApplication site)
    {
        ArgumentNullException.ThrowIfNull(site);
        site.UseAuthentication();
        AccountRoutes.Map(site);
        site.Lifetime.ApplicationStarted.Register(() => Warm(site.Services));
    }

    /// <summary>
    /// Wakes the database of accounts beside the first requests, where there is one, so that the first person or machine
    /// after a restart does not wait for it.
    /// </summary>
    private static void Warm(IServiceProvider services)
    {
        AccountSettings settings = services.GetRequiredService<AccountSettings>();
        if (
            settings.Postgres is null
            && !File.Exists(Path.Combine(settings.Folder, AccountsStore.FileName))
        )
        {
            return;
        }

        TokenBook tokens = services.GetRequiredService<TokenBook>();
        _ = Task.Run(async () =>
        {
            try
            {
                await tokens.Find(Secret.Token(), CancellationToken.None).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever is wrong with the database, the request that needs it meets it too and says so.
            catch (Exception) { }
#pragma warning restore CA1031
        });
    }

    /// <summary>Accounts without a server, for the verb.</summary>
    internal static IdentityBuilder AddStore(IServiceCollection services, AccountSettings settings)
    {
        services.AddSingleton(settings);
        services.TryAddSingleton(settings.Clock);
        services.AddSingleton<AccountsStore>();
        services.AddScoped(provider => provider.GetRequiredService<AccountsStore>().Open());
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.Configure<PasswordHasherOptions>(hasher =>
            hasher.IterationCount = Passwords.Rounds
        );
        services.AddSingleton<Passwords>();
        services.AddScoped<SigningIn>();
        services.AddScoped<Enrolling>();
        services.AddScoped<Recovering>();
        return services
            .AddIdentityCore<Account>(identity =>
            {
                // Our own rule stands in Passwords: length and not among the commonest, instead of kinds of letters.
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Password.RequiredLength = Passwords.LengthMin;
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            })
            .AddEntityFrameworkStores<AccountsContext>();
    }

    private static void AddFormKeys(IServiceCollection services, AccountSettings settings)
    {
        IDataProtectionBuilder protection = services
            .AddDataProtection()
            .SetApplicationName("breakwater");
        if (settings.Postgres is null)
        {
            services.Configure<KeyManagementOptions>(keys =>
                keys.XmlRepository = new FormKeys(Path.Combine(settings.Folder, "form-keys"))
            );
        }
        else
        {
            protection.PersistKeysToDbContext<AccountsContext>();
        }
    }

    private static void Set(AntiforgeryOptions forms, Verifier node)
    {
        forms.Cookie.Name = CookieName.Of("form", node);
        forms.Cookie.HttpOnly = true;
        forms.Cookie.SameSite = SameSiteMode.Strict;
        forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        forms.FormFieldName = Form.Proof;
        // The answers say it themselves, and more strictly.
        forms.SuppressXFrameOptionsHeader = true;
    }

    private static void AddSchemes(IServiceCollection services, Verifier node)
    {
        services
            .AddAuthentication(Either)
            .AddPolicyScheme(
                Either,
                null,
                either => either.ForwardDefaultSelector = context => SchemeOf(context.Request)
            )
            .AddScheme<AuthenticationSchemeOptions, TokenDoor>(TokenDoor.Name, null)
            .AddCookie(Session.Scheme, cookie => Session.Set(cookie, node))
            .AddCookie(
                // Where Identity keeps the challenge of a passkey between the page and its answer.
                IdentityConstants.TwoFactorUserIdScheme,
                cookie =>
                {
                    cookie.Cookie.Name = CookieName.Of("challenge", node);
                    cookie.Cookie.SameSite = SameSiteMode.Strict;
                    cookie.ExpireTimeSpan = TimeSpan.FromMinutes(5);
                    cookie.SlidingExpiration = false;
                }
            );
    }

    /// <summary>A cookie never sends a command to the API: what another site makes a browser send carries no token.</summary>
    private static string SchemeOf(HttpRequest request) =>
        TokenDoor.IsShown(request)
        || (
            request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            && !HttpMethods.IsGet(request.Method)
            && !HttpMethods.IsHead(request.Method)
        )
            ? TokenDoor.Name
            : Session.Scheme;
}
