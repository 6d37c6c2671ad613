using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jina.Aspire.Tests.Hosting;

/// <summary>Evaluates resources without the orchestrator.</summary>
internal static class AppModel
{
    /// <summary>Creates a builder of an AppHost in the folder of the test.</summary>
    public static IDistributedApplicationBuilder Create(params string[] arguments) => DistributedApplication.CreateBuilder(
        new DistributedApplicationOptions { Args = arguments, DisableDashboard = true, ProjectDirectory = AppContext.BaseDirectory });

    /// <summary>Returns the arguments and variables with which a resource is started, with port 5001, and 5000 for clients.</summary>
    public static async Task<IExecutionConfigurationResult> EvaluateAsync(this IResourceBuilder<JinaEmbeddingsResource> builder)
    {
        Allocate(builder.Resource);
        return await ExecutionConfigurationBuilder.Create(builder.Resource)
            .WithArgumentsConfig()
            .WithEnvironmentVariablesConfig()
            .BuildAsync(builder.ApplicationBuilder.ExecutionContext, NullLogger.Instance, TestContext.Current.CancellationToken);
    }

    /// <summary>Returns the connection string that projects get.</summary>
    public static async Task<string?> ConnectionStringAsync(this IResourceBuilder<JinaEmbeddingsResource> builder)
    {
        Allocate(builder.Resource);
        return await builder.Resource.ConnectionStringExpression.GetValueAsync(TestContext.Current.CancellationToken);
    }

    private static void Allocate(JinaEmbeddingsResource resource)
    {
        var endpoint = resource.Annotations.OfType<EndpointAnnotation>().Single();
        endpoint.AllocatedEndpoint ??= new AllocatedEndpoint(endpoint, "localhost", 5000, targetPortExpression: "5001");
    }
}
