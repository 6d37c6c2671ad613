using System.Data.Common;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Represents a server of text embeddings: <c>jina-embeddings serve</c>, as a process on this machine.</summary>
/// <remarks>
/// Its connection string is <c>Endpoint=http://HOST:PORT;Key=KEY;Model=NAME</c>. Without an API key, <c>Key</c> is missing.
/// </remarks>
/// <param name="name">The name of the resource.</param>
/// <param name="command">The command that starts the process.</param>
/// <param name="workingDirectory">The working directory of the process. Relative paths of models are inside it.</param>
public sealed class JinaEmbeddingsResource(string name, string command, string workingDirectory)
    : ExecutableResource(name, command, workingDirectory), IResourceWithConnectionString
{
    internal const string HttpEndpointName = "http";

    private EndpointReference? _primaryEndpoint;

    /// <summary>Gets the HTTP endpoint of the server.</summary>
    public EndpointReference PrimaryEndpoint => _primaryEndpoint ??= new(this, HttpEndpointName);

    /// <summary>
    /// Gets the name by which clients request the model. The default is <c>jina-embedding-s-en-v1</c>.
    /// </summary>
    public string ModelName { get; internal set; } = "jina-embedding-s-en-v1";

    /// <summary>
    /// Gets the parameter with the API key. The default is <see langword="null"/>: requests do not need a key.
    /// </summary>
    public ParameterResource? ApiKey { get; internal set; }

    /// <summary>Gets the connection string for clients.</summary>
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            var expression = new ReferenceExpressionBuilder();
            expression.Append($"Endpoint={PrimaryEndpoint.Property(EndpointProperty.Url)}");
            if (ApiKey is not null)
            {
                expression.Append($";Key={ApiKey}");
            }

            var model = new StringBuilder();
            DbConnectionStringBuilder.AppendKeyValuePair(model, "Model", ModelName);
            expression.AppendLiteral($";{model}");
            return expression.Build();
        }
    }

    /// <summary>Gets the command to which <see cref="CommandArguments"/> belong.</summary>
    internal string ServerCommand { get; private set; } = command;

    /// <summary>Gets the arguments of the command before those of the server.</summary>
    internal IReadOnlyList<string> CommandArguments { get; private set; } = [];

    internal void SetServerCommand(string command, IReadOnlyList<string> arguments)
    {
        ServerCommand = command;
        CommandArguments = arguments;
    }

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties()
    {
        yield return new("Host", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Host)}"));
        yield return new("Port", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Port)}"));
        yield return new("Uri", ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Url)}"));
        yield return new("ModelName", ReferenceExpression.Create($"{ModelName}"));
        if (ApiKey is not null)
        {
            yield return new("Key", ReferenceExpression.Create($"{ApiKey}"));
        }
    }
}
