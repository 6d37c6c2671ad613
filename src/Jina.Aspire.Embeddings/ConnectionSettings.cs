using System.Data.Common;
using Microsoft.Extensions.Configuration;

namespace Jina.Aspire.Embeddings;

/// <summary>Reads and checks the settings of a connection.</summary>
internal static class ConnectionSettings
{
    public const string SectionName = "Aspire:Jina:Embeddings";

    private const string Expected =
        "Expected 'Endpoint=http://HOST:PORT;Key=KEY;Model=NAME', of which Key and Model are optional, or an address.";

    /// <summary>Reads the settings of a connection from the configuration and its connection string.</summary>
    /// <exception cref="InvalidOperationException">The connection string or the configuration is not valid.</exception>
    public static JinaEmbeddingsClientSettings Read(IConfiguration configuration, string connectionName)
    {
        var settings = new JinaEmbeddingsClientSettings();
        var section = configuration.GetSection(SectionName);
        section.Bind(settings);
        section.GetSection(connectionName).Bind(settings);
        if (configuration.GetConnectionString(connectionName) is { } value && !string.IsNullOrWhiteSpace(value))
        {
            Apply(settings, connectionName, value);
        }

        return settings;
    }

    /// <summary>Returns the address of the OpenAI interface of the server, which ends with <c>/v1</c>.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing or not valid.</exception>
    public static Uri RequireAddress(this JinaEmbeddingsClientSettings settings, string connectionName)
    {
        if (settings.Endpoint is not { } endpoint)
        {
            throw new InvalidOperationException(
                $"The address of the embeddings server '{connectionName}' is missing. Neither the connection string "
                + $"'ConnectionStrings:{connectionName}' nor '{SectionName}:Endpoint' is set. {Expected} "
                + $"In the AppHost, add .WithReference({connectionName}) to this project.");
        }

        if (!IsAddress(endpoint))
        {
            throw NotAnAddress(connectionName, endpoint.OriginalString);
        }

        if (settings.Dimensions is < 1)
        {
            throw new InvalidOperationException(
                $"'{SectionName}:Dimensions' is {settings.Dimensions}. Expected the length of the model's vectors, at least 1. "
                + "Change or remove the setting.");
        }

        if (string.IsNullOrWhiteSpace(settings.Model))
        {
            throw new InvalidOperationException(
                $"The model of the embeddings server '{connectionName}' is empty. Expected the name of a model, like "
                + $"jina-embedding-s-en-v1. Change or remove '{SectionName}:Model'.");
        }

        var address = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        return new Uri(address.EndsWith("/v1", StringComparison.OrdinalIgnoreCase) ? address : $"{address}/v1");
    }

    private static void Apply(JinaEmbeddingsClientSettings settings, string connectionName, string connectionString)
    {
        if (connectionString.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            settings.Endpoint = ReadAddress(connectionName, connectionString);
            return;
        }

        var values = Parse(connectionName, connectionString);
        settings.Endpoint = Find(values, "Endpoint") is { } endpoint ? ReadAddress(connectionName, endpoint) : settings.Endpoint;
        settings.Key = Find(values, "Key") ?? settings.Key;
        settings.Model = Find(values, "Model") ?? settings.Model;
    }

    private static Uri ReadAddress(string connectionName, string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var address) && IsAddress(address) ? address : throw NotAnAddress(connectionName, value);

    private static bool IsAddress(Uri value) =>
        value.IsAbsoluteUri && (value.Scheme == Uri.UriSchemeHttp || value.Scheme == Uri.UriSchemeHttps);

    private static InvalidOperationException NotAnAddress(string connectionName, string value) => new(
        $"The address of the embeddings server '{connectionName}' is '{value}'. Expected http://HOST:PORT. "
        + $"Change the endpoint in the connection string 'ConnectionStrings:{connectionName}' or in '{SectionName}:Endpoint'.");

    private static DbConnectionStringBuilder Parse(string connectionName, string connectionString)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connectionString };
        }
        catch (ArgumentException)
        {
            // The message does not contain the string, because it can have a key.
            throw new InvalidOperationException(
                $"The connection string 'ConnectionStrings:{connectionName}' has {connectionString.Length} characters and is not a list of "
                + $"names and values. {Expected} Correct the connection string.");
        }
    }

    private static string? Find(DbConnectionStringBuilder values, string name) =>
        values.TryGetValue(name, out var value) && value is string { Length: > 0 } text ? text : null;
}
