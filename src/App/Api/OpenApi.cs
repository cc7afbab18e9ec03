using Breakwater.App.Subjects;
using Breakwater.Decisions.Publishing;
using Breakwater.Preparedness.Contacts.Pinging;
using Breakwater.Vocabulary;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NodaTime;

namespace Breakwater.App.Api;

/// <summary>The OpenAPI 3.1 document, made from the same table as the addresses: it cannot name a command that is not there.</summary>
internal static class OpenApi
{
    public const string Name = "v1";
    public const string Path = $"/openapi/{Name}.json";

    /// <summary>How the words that have one text form look in JSON.</summary>
    private static readonly Dictionary<
        Type,
        (JsonSchemaType Type, string? Format, string Says)
    > _words = new()
    {
        [typeof(Instant)] = (JsonSchemaType.String, "date-time", "UTC, RFC 3339"),
        [typeof(LocalDate)] = (JsonSchemaType.String, "date", "A day, such as 2026-03-31"),
        [typeof(Duration)] = (JsonSchemaType.String, null, "Seconds, such as PT1800S"),
        [typeof(Asn)] = (JsonSchemaType.Integer, "int64", "Autonomous system number"),
        [typeof(IpPrefix)] = (JsonSchemaType.String, null, "CIDR, such as 192.0.2.0/24"),
        [typeof(Confidence)] = (JsonSchemaType.Number, "double", "Probability from 0 to 1"),
    };

    /// <summary>Commands that begin a subject whose id the node makes.</summary>
    private static readonly HashSet<Type> _startsWithoutId =
    [
        .. Catalogue
            .Known.Kinds.SelectMany(kind => kind.Commands)
            .Where(command => command is { IsStart: true, IdOf: null })
            .Select(command => command.Request),
    ];

    public static void Add(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = Json.Compact.PropertyNamingPolicy;
            options.SerializerOptions.UnmappedMemberHandling = Json.Compact.UnmappedMemberHandling;
            options.SerializerOptions.NumberHandling = Json.Compact.NumberHandling;
            foreach (var converter in Json.Compact.Converters)
            {
                options.SerializerOptions.Converters.Add(converter);
            }
        });
        services.AddOpenApi(
            Name,
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.ShouldInclude = description =>
                    description.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal)
                        == true
                    && description.HttpMethod != HttpMethods.Head;
                options.AddDocumentTransformer(Document);
                options.AddOperationTransformer(Operation);
                options.AddSchemaTransformer(Schema);
            }
        );
        services.AddSingleton<OpenApiRoute>();
    }

    private static Task Document(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancel
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "Breakwater",
            Version = "1",
            Description =
                "The mechanism for emergency connectivity. Commands name the version that they were decided on (If-Match) and may be repeated under one Idempotency-Key for a day, where the address takes one. Errors are application/problem+json. Unknown is not false, and silence is not consent.",
        };
        // Where the node stands is its operator's matter, and no machine's name belongs in a document that travels.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["token"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A personal token, with scopes and an end. Made on the account page.",
            },
        };
        return Task.CompletedTask;
    }

    private static Task Operation(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancel
    )
    {
        if (
            context
                .Description.ActionDescriptor.EndpointMetadata.OfType<Described>()
                .FirstOrDefault()
            is not { } described
        )
        {
            return Task.CompletedTask;
        }

        operation.Parameters ??= [];
        if (described.Name == SealingRoutes.FieldsName)
        {
            operation.Parameters.Add(
                Parameter("subject", ParameterLocation.Query, true, "kind/id")
            );
        }

        if (context.Description.RelativePath!.Contains("{id}", StringComparison.Ordinal))
        {
            operation.Parameters.Add(Parameter("id", ParameterLocation.Path, true, "The subject"));
        }

        if (described.Command is { } command)
        {
            Command(operation, command, context.Document!);
        }
        else if (described.Name == "list")
        {
            foreach ((string name, string says) in ListParameters())
            {
                operation.Parameters.Add(Parameter(name, ParameterLocation.Query, false, says));
            }
        }
        else if (described.Name == "history")
        {
            foreach ((string name, string says) in ListParameters().TakeLast(2))
            {
                operation.Parameters.Add(Parameter(name, ParameterLocation.Query, false, says));
            }
        }
        else if (
            described is { Name: "document" or "proof", Kind.Kind: { } kind }
            && kind == PublicationFile.Kind
        )
        {
            operation.Parameters.Add(
                Parameter(
                    "lang",
                    ParameterLocation.Query,
                    false,
                    "Language of the document: en, fr, ar. One that it does not have gives the first"
                )
            );
        }
        else if (described.Name == InterpretingRoutes.DiffName)
        {
            foreach (string name in (string[])["from", "to"])
            {
                operation.Parameters.Add(
                    Parameter(
                        name,
                        ParameterLocation.Query,
                        false,
                        "Number of a version; without it the latest, and for from the one before"
                    )
                );
            }
        }
        else if (described.Name is NormsRoutes.FindingsName or NormsRoutes.QuestionsName)
        {
            operation.Parameters.Add(
                Parameter(
                    "as-of",
                    ParameterLocation.Query,
                    false,
                    "Law and readings as they were public on that day; without it every rule and every reading counts"
                )
            );
            if (described.Name == NormsRoutes.QuestionsName)
            {
                operation.Parameters.Add(
                    Parameter(
                        "respondent",
                        ParameterLocation.Query,
                        false,
                        "Who is asked: field, documenter, desk; without it documenter"
                    )
                );
            }
        }
        else if (described.Name == "changes")
        {
            operation.Parameters.Add(
                Parameter(
                    "after",
                    ParameterLocation.Query,
                    false,
                    "The last sequence that was seen; Last-Event-ID says the same. Beyond the end of the ledger it is refused, with what to do"
                )
            );
        }

        if (described.Once is { } once)
        {
            operation.Parameters.Add(
                Parameter("Idempotency-Key", ParameterLocation.Header, false, once)
            );
        }

        return Task.CompletedTask;
    }

    private static void Command(
        OpenApiOperation operation,
        CommandKind command,
        OpenApiDocument document
    )
    {
        operation.Summary = command.Name.Replace('-', ' ');
        operation.Description = command.Admission switch
        {
            Admission.Anybody => "Anybody, without an account.",
            Admission.SignedIn => "Whoever is signed in.",
            _ => $"Roles: {string.Join(", ", command.Roles.Select(role => role.ToString()))}.",
        };
        if (!command.IsStart)
        {
            operation.Parameters!.Add(
                Parameter(
                    "If-Match",
                    ParameterLocation.Header,
                    true,
                    "ETag of the state decided on, as it came"
                )
            );
        }

        if (command.Admission != Admission.Anybody)
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference("token", document)] = [],
                },
            ];
        }
    }

    private static IEnumerable<(string Name, string Says)> ListParameters() =>
        [
            ("standing", "Where they stand"),
            ("parent", "What they are part of: kind/id"),
            ("q", "Words to search for"),
            (
                "bbox",
                "west,south,east,north in degrees; west is greater than east across 180 degrees"
            ),
            ("limit", "1 to 200"),
            ("after", "The 'next' of an earlier page"),
        ];

    private static OpenApiParameter Parameter(
        string name,
        ParameterLocation where,
        bool isRequired,
        string says
    ) =>
        new()
        {
            Name = name,
            In = where,
            Required = isRequired,
            Description = says,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

    private static Task Schema(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancel
    )
    {
        Type type = context.JsonTypeInfo.Type;
        Word(schema, Nullable.GetUnderlyingType(type) ?? type);
        // What has a converter of its own says nothing of itself in a list.
        if (context.JsonTypeInfo.ElementType is { } element && schema.Items is null)
        {
            var item = new OpenApiSchema();
            Word(item, element);
            schema.Items = item;
        }

        if (_startsWithoutId.Contains(type))
        {
            // The node makes the id, and refuses one that is sent.
            schema.Properties?.Remove("id");
            schema.Required?.Remove("id");
        }

        return Task.CompletedTask;
    }

    private static void Word(OpenApiSchema schema, Type bare)
    {
        if (_words.TryGetValue(bare, out (JsonSchemaType Type, string? Format, string Says) word))
        {
            // That one may be left out stands where it is used; here it would make all of them so.
            schema.Type = word.Type;
            schema.Format = word.Format;
            schema.Description = word.Says;
        }
        else if (bare.IsEnum)
        {
            schema.Type = JsonSchemaType.String;
        }
        else if (bare == typeof(SealedField))
        {
            schema.Type = null;
            schema.Properties = null;
            schema.Required = null;
            schema.AdditionalPropertiesAllowed = true;
            schema.Description =
                "Sent as a text, which this node seals for its custodians; read as the word that it is sealed, and nothing more";
            schema.OneOf = [Text("What is to be sealed"), Sealed()];
        }
        else if (bare == typeof(PingSecret))
        {
            schema.Type = null;
            schema.Properties = null;
            schema.Required = null;
            schema.Description = "A hash that nobody is shown";
            schema.OneOf = [Sealed()];
        }
        else if (bare == typeof(Place))
        {
            schema.Type = JsonSchemaType.Object;
            schema.Description =
                "A country, an area in it (wide to narrow), an AS, a prefix, a top-level domain, or a function of core resources";
            schema.Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["country"] = Text("ISO 3166-1 alpha-2"),
                ["area"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = Text("Wide to narrow"),
                },
                ["asn"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["prefix"] = Text("CIDR"),
                ["tld"] = Text("Without dot"),
                ["function"] = Text("Of core resources"),
            };
        }
    }

    private static OpenApiSchema Sealed() =>
        new()
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "sealed" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["sealed"] = new OpenApiSchema { Type = JsonSchemaType.Boolean },
            },
        };

    private static OpenApiSchema Text(string says) =>
        new() { Type = JsonSchemaType.String, Description = says };
}
