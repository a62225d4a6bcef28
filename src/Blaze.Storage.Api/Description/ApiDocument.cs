using System.Text.Json.Nodes;
using Blaze.Storage.Api.Access;
using Blaze.Storage.Api.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Blaze.Storage.Api.Description;

/// <summary>The OpenAPI document: made from the endpoints themselves and from what is said where they are mapped.</summary>
internal static class ApiDocument
{
    private const string Scheme = "apiKey";

    public static void AddDocument(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolver = ApiJson.Default;
            json.SerializerOptions.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        services.AddOpenApi(options =>
        {
            options.AddOperationTransformer(Complete);
            options.AddDocumentTransformer(Introduce);
        });
    }

    public static void MapDocument(this IEndpointRouteBuilder routes) => routes.MapOpenApi("/openapi.json").AllowAnonymous();

    private static Task Introduce(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Blaze.Storage",
            Version = "1",
            Description = "Answers questions about big data where it lies. Errors are problems (RFC 9457) with a stable `type`, the field at fault, and what to do. Unknown fields and parameters are refused.",
        };
        // It is served from wherever it was asked for.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key; not needed where the server has no keys." };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (var parameter in metadata.OfType<DescribedParameter>())
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = parameter.IsHeader ? ParameterLocation.Header : ParameterLocation.Query,
                Description = parameter.Text,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = JsonValue.Create(parameter.Example),
            });
        }

        foreach (var example in metadata.OfType<DescribedExample>())
        {
            Show(operation.RequestBody?.Content?.Values, example.Request);
            Show(operation.Responses?.Where(response => response.Key[0] == '2').SelectMany(response => response.Value.Content?.Values ?? []), example.Response);
        }

        if (metadata.OfType<RequiredScope>().FirstOrDefault() is { } scope)
            operation.Description = $"{operation.Description} Needs the scope `{scope.Scope}`.";
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (status[0] is '4' or '5' && response is OpenApiResponse failure)
                DescribeFailure(failure, status, metadata);
        }

        return Task.CompletedTask;
    }

    private static void DescribeFailure(OpenApiResponse response, string status, IList<object> metadata)
    {
        var kinds = metadata.OfType<DescribedProblems>().SelectMany(problems => problems.Kinds)
            .Append(ProblemKind.Unavailable).Append(ProblemKind.UnknownParameter)
            .Where(kind => kind.Status.ToString(System.Globalization.CultureInfo.InvariantCulture) == status).Distinct().ToList();
        response.Description = string.Join(" ", kinds.Select(kind => $"`{kind.Name}`: {kind.Title}"));
        if (kinds.Count > 0)
            Show(response.Content?.Values, System.Text.Json.JsonSerializer.Serialize(Problem.Of(kinds[0]), ApiJson.Default.Problem));
    }

    private static void Show(IEnumerable<OpenApiMediaType>? bodies, string? example)
    {
        if (example is null)
            return;
        foreach (var body in bodies ?? [])
        {
            body.Example = JsonNode.Parse(example);
        }
    }
}
