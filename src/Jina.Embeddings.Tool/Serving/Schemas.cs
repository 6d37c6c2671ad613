using Microsoft.OpenApi;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Creates the schemas of an OpenAPI document.</summary>
internal static class Schemas
{
    public static OpenApiSchema Text(string? description = null) => new() { Type = JsonSchemaType.String, Description = description };

    public static OpenApiSchema Integer(string? description = null) => new() { Type = JsonSchemaType.Integer, Description = description };

    public static OpenApiSchema Number() => new() { Type = JsonSchemaType.Number };

    public static OpenApiSchema Boolean(string? description = null) => new() { Type = JsonSchemaType.Boolean, Description = description };

    public static OpenApiSchema Any(string? description = null) => new() { Description = description };

    public static OpenApiSchema ListOf(OpenApiSchema items, string? description = null) =>
        new() { Type = JsonSchemaType.Array, Items = items, Description = description };

    public static OpenApiSchema AnyOf(string description, params OpenApiSchema[] schemas) =>
        new() { AnyOf = [.. schemas], Description = description };

    /// <summary>Creates the schema of an object.</summary>
    /// <param name="required">The names of the required fields.</param>
    /// <param name="fields">The fields.</param>
    public static OpenApiSchema Object(string[] required, params (string Name, OpenApiSchema Schema)[] fields) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(required),
        Properties = fields.ToDictionary(field => field.Name, field => (IOpenApiSchema)field.Schema),
    };

    /// <summary>Creates the schema of an object whose fields are all required.</summary>
    public static OpenApiSchema Object(params (string Name, OpenApiSchema Schema)[] fields) =>
        Object([.. fields.Select(field => field.Name)], fields);

    /// <summary>Creates a response with a JSON body.</summary>
    public static OpenApiResponse Response(string description, OpenApiSchema schema, string mediaType = "application/json") => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType> { [mediaType] = new() { Schema = schema } },
    };

    /// <summary>Creates a request with a JSON body.</summary>
    public static OpenApiRequestBody Request(OpenApiSchema schema) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
    };
}
