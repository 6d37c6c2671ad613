using System.Reflection;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Provides methods that add servers of text embeddings to an application model.</summary>
public static class JinaEmbeddingsResourceBuilderExtensions
{
    private const string ToolPackage = "Jina.Embeddings.Tool";

    /// <summary>Adds a server of text embeddings, <c>jina-embeddings serve</c>.</summary>
    /// <remarks>
    /// <para>
    /// The process is started by <c>dotnet tool exec</c>, which downloads the package Jina.Embeddings.Tool in the version of this package
    /// if needed. To start an installed tool instead, use <see cref="WithServerCommand"/>. The server runs in the folder of the AppHost,
    /// listens on the loopback address, and downloads its model at the first start. The resource is healthy when the model is ready.
    /// Traces and metrics are sent to the dashboard.
    /// </para>
    /// <para>
    /// All other options of the server can be set by <c>WithArgs</c>, for example <c>WithArgs("--threads", "2")</c>.
    /// </para>
    /// <example>
    /// <code lang="csharp">
    /// var embeddings = builder.AddJinaEmbeddings("embeddings");
    /// builder.AddProject&lt;Projects.Api&gt;("api").WithReference(embeddings).WaitFor(embeddings);
    /// </code>
    /// </example>
    /// </remarks>
    /// <param name="builder">The application builder.</param>
    /// <param name="name">The name of the resource, which is also the name of the connection string in projects that reference it.</param>
    /// <param name="port">The port for clients, from 1 to 65535. If <see langword="null"/>, Aspire chooses a free port.</param>
    /// <returns>The builder of the resource.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> or <paramref name="name"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a name that Aspire allows.</exception>
    public static IResourceBuilder<JinaEmbeddingsResource> AddJinaEmbeddings(
        this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(name);

        var resource = new JinaEmbeddingsResource(name, "dotnet", builder.AppHostDirectory);
        resource.SetServerCommand("dotnet", ["tool", "exec", "--yes", $"{ToolPackage}@{PackageVersion()}", "--"]);
        return builder.AddResource(resource)
            .WithArgs(context => AddArguments(context, resource))
            .WithHttpEndpoint(port: port, name: JinaEmbeddingsResource.HttpEndpointName)
            .WithEnvironment("JINA_EMBEDDINGS_URLS", Address(resource, builder.ExecutionContext))
            .WithHttpHealthCheck("/health", endpointName: JinaEmbeddingsResource.HttpEndpointName)
            .WithOtlpExporter()
            .WithIconName("BrainCircuit");
    }

    /// <summary>Sets the model. The default is <c>jina-embedding-s-en-v1</c>.</summary>
    /// <param name="builder">The builder of the resource.</param>
    /// <param name="model">
    /// A known name (<c>jina-embedding-s-en-v1</c>, <c>-b-</c>, <c>-l-</c>), a model directory, or <c>org/name</c> on the hub. A name can
    /// have a revision: <c>org/name@revision</c>. A relative path is inside the folder of the AppHost.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="model"/> is null, empty or white space, or has a comma.</exception>
    public static IResourceBuilder<JinaEmbeddingsResource> WithModel(
        this IResourceBuilder<JinaEmbeddingsResource> builder, string model)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        if (model.Contains(',', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"'{model}' is not one model. Expected a value without a comma. Add a resource for each model.", nameof(model));
        }

        builder.Resource.ModelName = NameOf(model, builder.ApplicationBuilder.AppHostDirectory);
        return builder.WithEnvironment("JINA_EMBEDDINGS_MODEL", model);
    }

    /// <summary>Sets the precision. The default is <see cref="JinaEmbeddingsPrecision.Fp32"/>.</summary>
    /// <param name="builder">The builder of the resource.</param>
    /// <param name="precision">The precision.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="precision"/> is not a value of the enumeration.</exception>
    public static IResourceBuilder<JinaEmbeddingsResource> WithPrecision(
        this IResourceBuilder<JinaEmbeddingsResource> builder, JinaEmbeddingsPrecision precision)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var value = precision switch
        {
            JinaEmbeddingsPrecision.Fp32 => "fp32",
            JinaEmbeddingsPrecision.Int8 => "int8",
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "The precision is unknown. Expected Fp32 or Int8."),
        };
        return builder.WithEnvironment("JINA_EMBEDDINGS_PRECISION", value);
    }

    /// <summary>Sets the API key that requests need. Projects that reference the resource get it in their connection string.</summary>
    /// <param name="builder">The builder of the resource.</param>
    /// <param name="apiKey">
    /// The parameter with the key: at least 8 printable ASCII characters without spaces, commas, semicolons and quotation marks. The key is
    /// checked when the resource starts.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">A parameter is null.</exception>
    public static IResourceBuilder<JinaEmbeddingsResource> WithApiKey(
        this IResourceBuilder<JinaEmbeddingsResource> builder, IResourceBuilder<ParameterResource> apiKey)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(apiKey);
        builder.Resource.ApiKey = apiKey.Resource;
        return builder.WithEnvironment(context => AddApiKeyAsync(context, apiKey.Resource));
    }

    /// <summary>Sets the folder of downloaded models. The default is the folder of the user, which all applications share.</summary>
    /// <remarks>A deployment does not contain this folder, because it is on the machine of the AppHost.</remarks>
    /// <param name="builder">The builder of the resource.</param>
    /// <param name="path">The folder. It is created if it does not exist. A relative path is inside the folder of the AppHost.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or white space.</exception>
    public static IResourceBuilder<JinaEmbeddingsResource> WithModelCache(
        this IResourceBuilder<JinaEmbeddingsResource> builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return builder.ApplicationBuilder.ExecutionContext.IsRunMode
            ? builder.WithEnvironment("JINA_EMBEDDINGS_CACHE", Path.GetFullPath(path, builder.ApplicationBuilder.AppHostDirectory))
            : builder;
    }

    /// <summary>Sets the command that starts the server, for example an installed tool.</summary>
    /// <param name="builder">The builder of the resource.</param>
    /// <param name="command">The program: <c>jina-embeddings</c> for an installed tool, or a path.</param>
    /// <param name="arguments">The arguments of the program before <c>serve</c>, for example those of <c>dotnet run</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="builder"/>, <paramref name="arguments"/> or one of the arguments is null.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="command"/> is null, empty or white space.</exception>
    public static IResourceBuilder<JinaEmbeddingsResource> WithServerCommand(
        this IResourceBuilder<JinaEmbeddingsResource> builder, string command, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(command);
        ArgumentNullException.ThrowIfNull(arguments);
        foreach (var argument in arguments)
        {
            ArgumentNullException.ThrowIfNull(argument, nameof(arguments));
        }

        builder.Resource.SetServerCommand(command, arguments);
        return builder.WithCommand(command);
    }

    private static void AddArguments(CommandLineArgsCallbackContext context, JinaEmbeddingsResource resource)
    {
        // Aspire's own WithCommand replaces the command alone. The other arguments do not belong to that command.
        if (resource.Command == resource.ServerCommand)
        {
            foreach (var argument in resource.CommandArguments)
            {
                context.Args.Add(argument);
            }
        }

        context.Args.Add("serve");
    }

    /// <summary>
    /// Returns the address on which the server listens. A deployed server must be reachable for other machines, which it allows only with
    /// an API key.
    /// </summary>
    private static ReferenceExpression Address(JinaEmbeddingsResource resource, DistributedApplicationExecutionContext context)
    {
        var port = resource.PrimaryEndpoint.Property(EndpointProperty.TargetPort);
        return context.IsPublishMode
            ? ReferenceExpression.Create($"http://0.0.0.0:{port}")
            : ReferenceExpression.Create($"http://127.0.0.1:{port}");
    }

    private static async Task AddApiKeyAsync(EnvironmentCallbackContext context, ParameterResource apiKey)
    {
        if (context.ExecutionContext.IsRunMode)
        {
            var value = await apiKey.GetValueAsync(context.CancellationToken);
            var valid = value?.Count(character => character is > ' ' and <= '~' and not (',' or ';' or '"' or '\'')) ?? 0;
            if (valid < 8 || valid != value!.Length)
            {
                throw new DistributedApplicationException(
                    $"The parameter '{apiKey.Name}' is not an API key: it has {value?.Length ?? 0} characters, of which {valid} are valid. "
                    + "Expected at least 8 printable ASCII characters without spaces, commas, semicolons and quotation marks. "
                    + "Change the value of the parameter.");
            }
        }

        context.EnvironmentVariables["JINA_EMBEDDINGS_API_KEY"] = apiKey;
    }

    /// <summary>Returns the name under which the server offers a model: the name of a directory, or a name without its revision.</summary>
    private static string NameOf(string model, string baseDirectory)
    {
        var directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(model, baseDirectory));
        return Directory.Exists(directory) ? Path.GetFileName(directory) : model.Split('@')[0];
    }

    /// <summary>Returns the version of this package, which the tool has too.</summary>
    private static string PackageVersion() => typeof(JinaEmbeddingsResource).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
