using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Jina.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AspireApp.Tests;

/// <summary>Runs the whole sample: Aspire's orchestrator, the server with the demo model, and the API that uses its client.</summary>
public sealed class AppHostTests
{
    [Fact]
    public void The_API_does_not_need_ONNX_Runtime()
    {
        var dependencies = File.ReadAllText(BuildOutput.Of("AspireApp.Api.deps.json", "samples", "AspireApp", "AspireApp.Api"));

        Assert.Contains("Jina.Aspire.Embeddings", dependencies, StringComparison.Ordinal);
        Assert.DoesNotContain("OnnxRuntime", dependencies, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Jina.Extensions.AI", dependencies, StringComparison.Ordinal);
    }

    [Fact(Timeout = 180_000)]
    public async Task The_app_searches_and_sends_traces_and_ends_all_of_its_processes()
    {
        SkipWithoutOrchestrator();
        var cancellationToken = TestContext.Current.CancellationToken;
        using var dashboard = OtlpReceiver.Start();
        var builder = await CreateAsync(dashboard, cancellationToken);
        int[] processes;
        int[] ports;
        await using (var app = await builder.BuildAsync(cancellationToken))
        {
            await app.StartAsync(cancellationToken);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("api", cancellationToken);
            processes = [ProcessOf(app, "embeddings"), ProcessOf(app, "api")];
            ports = [PortOf(app, "embeddings", "JINA_EMBEDDINGS_URLS"), PortOf(app, "api", "ASPNETCORE_URLS")];
            Assert.All(processes, process => Assert.True(IsRunning(process)));
            Assert.All(ports, port => Assert.True(IsOpen(port)));

            await SearchAsync(app, cancellationToken);
            await dashboard.WaitForAsync("/v1/traces", ["embeddings", "jina.embeddings.inference"], cancellationToken);
            using var stranger = app.CreateHttpClient("embeddings");
            using var rejected = await stranger.PostAsJsonAsync("/v1/embeddings", new { input = "rain" }, cancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, rejected.StatusCode);
        }

        while (processes.Any(IsRunning) || ports.Any(IsOpen))
        {
            await Task.Delay(50, cancellationToken);
        }
    }

    /// <summary>Creates the app of the sample, with the server that is already built, and a receiver as the dashboard.</summary>
    private static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        OtlpReceiver dashboard, CancellationToken cancellationToken)
    {
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AspireApp_AppHost>(cancellationToken);
        builder.Services.AddLogging(logging => logging.ClearProviders());
        builder.Configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = null;
        builder.Configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = dashboard.Address;
        builder.CreateResourceBuilder<JinaEmbeddingsResource>("embeddings")
            .WithServerCommand("dotnet", BuildOutput.Of("jina-embeddings.dll", "src", "Jina.Embeddings.Tool"));
        return builder;
    }

    private static async Task SearchAsync(DistributedApplication app, CancellationToken cancellationToken)
    {
        using var api = app.CreateHttpClient("api");
        var request = new { query = "When does it rain?", texts = new[] { "A loud engine.", "Rain is expected in the evening." } };
        using var response = await api.PostAsJsonAsync("/search", request, cancellationToken);

        var hits = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement[]>(cancellationToken);
        Assert.Equal(["Rain is expected in the evening.", "A loud engine."], hits!.Select(hit => hit.GetProperty("text").GetString()));
    }

    private static void SkipWithoutOrchestrator()
    {
        var path = typeof(Projects.AspireApp_AppHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => string.Equals(attribute.Key, "dcpclipath", StringComparison.OrdinalIgnoreCase))?.Value;
        Assert.SkipUnless(File.Exists(path), $"Aspire's orchestrator '{path}' is missing. Restore Aspire.Hosting.Orchestration.");
    }

    private static int ProcessOf(DistributedApplication app, string resource) => Convert.ToInt32(
        Snapshot(app, resource).Properties.Single(property => property.Name == "executable.pid").Value, CultureInfo.InvariantCulture);

    private static int PortOf(DistributedApplication app, string resource, string variable) =>
        new Uri(Snapshot(app, resource).EnvironmentVariables.Single(item => item.Name == variable).Value!).Port;

    private static CustomResourceSnapshot Snapshot(DistributedApplication app, string resource) =>
        app.ResourceNotifications.TryGetCurrentState(resource, out var state)
            ? state.Snapshot
            : throw new InvalidOperationException($"There is no resource {resource}.");

    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsOpen(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
