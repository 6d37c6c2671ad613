using System.Net.Sockets;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>The server of <c>serve</c>: the endpoint of Jina.Embeddings.AspNetCore, a page to try it, health and metrics.</summary>
internal static class EmbeddingServer
{
    /// <summary>How long requests that are under way have, once the server is asked to stop.</summary>
    public static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Serves until it is asked to stop, and what is under way is answered.</summary>
    /// <exception cref="JinaModelException">A model cannot be loaded.</exception>
    /// <exception cref="CommandException">The address is in use, or cannot be listened on.</exception>
    public static async Task RunAsync(ServeSettings settings, CancellationToken cancellationToken)
    {
        foreach (var model in settings.Models)
        {
            await DownloadBar.ResolveAsync(new ModelStore(), model, cancellationToken);
        }

        using var quantizing = new QuantizationLine();
        await using var app = Build(settings, quantizing);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (SocketException e)
        {
            throw new CommandException($"Cannot listen on {string.Join(" ", settings.Addresses.Select(address => address.Url))}: {e.Message}. Give another address by --urls.");
        }

        quantizing.Dispose();
        Greeting.Write(app, settings);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static WebApplication Build(ServeSettings settings, QuantizationLine quantizing)
    {
        // The empty builder, since the others read appsettings.json where they are started, and ASPNETCORE_URLS.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddServerLog(builder.Services);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTimeout);
        builder.Services.AddSingleton(Options.Create(settings.Endpoint));
        builder.Services.AddServerMetrics();
        foreach (var model in settings.Models)
        {
            // The one without a key is the default of the endpoint.
            var key = model == settings.Models[0] ? null : model.Name;
            builder.Services.AddKeyedJinaEmbeddings(key, options =>
            {
                options.Model = model;
                options.Precision = settings.Precision;
                options.MaxThreads = settings.Threads;
                options.QuantizationProgress = quantizing;
            });
            builder.Services.AddKeyedJinaEmbeddingsWarmUp(key);
            builder.Services.AddHealthChecks().AddKeyedJinaEmbeddingsHealthCheck(key);
        }

        var app = builder.Build();
        foreach (var address in settings.Addresses)
        {
            app.Urls.Add(address.Url);
        }

        app.MapJinaEmbeddings();
        app.MapHealth();
        app.MapMetrics(settings.Endpoint.ApiKeys);
        app.MapPage();
        return app;
    }
}
