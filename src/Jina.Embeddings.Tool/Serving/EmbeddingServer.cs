using System.Net.Sockets;
using Jina.Embeddings.Tool.Commands;
using Jina.Embeddings.Tool.Output;
using Jina.Extensions.AI;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>Runs the server of <c>serve</c>: the routes of Jina.Embeddings.AspNetCore, a page to try it, health and metrics.</summary>
internal static class EmbeddingServer
{
    /// <summary>The time for running requests to complete after the server is stopped.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Serves until the server is stopped and running requests have completed.</summary>
    /// <exception cref="JinaModelException">A model cannot be loaded.</exception>
    /// <exception cref="CommandException">An address is in use or cannot be used.</exception>
    public static async Task RunAsync(ServeSettings settings, CancellationToken cancellationToken)
    {
        foreach (var model in settings.Models)
        {
            await ModelLoader.DownloadAsync(model, cancellationToken);
        }

        using var progress = new ProgressDisplay();
        var running = new RunningRequests();
        var readiness = new Readiness();
        await using var app = Build(settings, progress, running, readiness);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is SocketException or IOException { InnerException: AddressInUseException })
        {
            var addresses = string.Join(' ', settings.Addresses.Select(address => address.Url));
            throw new CommandException(
                $"Cannot listen on {addresses}: {e.Message.TrimEnd('.')}. "
                + $"Give another address with {EnvironmentArguments.Describe(ServeCommand.UrlsName)}.");
        }

        progress.Dispose();
        Greeting.Write(app, settings);
        await StoppingAsync(app, cancellationToken);
        await readiness.DrainAsync(settings.Drain);
        app.Lifetime.StopApplication();
        await running.StopAsync(app, StopTimeout);
    }

    /// <summary>Waits for the signal to stop.</summary>
    private static async Task StoppingAsync(WebApplication app, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping, cancellationToken);
        await Task.Delay(Timeout.InfiniteTimeSpan, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static WebApplication Build(
        ServeSettings settings, ProgressDisplay progress, RunningRequests running, Readiness readiness)
    {
        // The other builders read appsettings.json from the working folder, and variables that the command does not validate.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddServerLog(builder.Services, settings.LogFormat);
        builder.Services.AddRoutingCore();
        builder.Services.AddRequestDecompression();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        builder.Services.AddSingleton(Options.Create(settings.Endpoint));
        builder.AddTelemetry(settings.Otlp);
        builder.Services.AddApiDocument();
        builder.Services.AddBrowserAccess(settings.Browsers);
        foreach (var model in settings.Models)
        {
            // The model without a key is the default of the endpoint.
            var key = model == settings.Models[0] ? null : model.Name;
            builder.Services.AddKeyedJinaEmbeddings(key, options =>
            {
                options.Model = model;
                options.Precision = settings.Precision;
                options.MaxThreads = settings.Threads;
                options.WeightQuantizationProgress = progress;
            });
            builder.Services.AddKeyedJinaEmbeddingsWarmUp(key);
            builder.Services.AddHealthChecks().AddKeyedJinaEmbeddingsHealthCheck(key);
        }

        var app = builder.Build();
        foreach (var address in settings.Addresses)
        {
            app.Urls.Add(address.Url);
        }

        app.Use(running.InvokeAsync);
        app.Use(MergedSlashes.InvokeAsync);
        app.UseRouting();
        app.UseBrowserAccess(settings.Browsers, settings.Endpoint);
        app.UseRequestDecompression();
        app.MapJinaEmbeddings();
        app.MapOllamaEmbeddings();
        app.MapTextEmbeddingsInference();
        app.MapApiDocument();
        app.MapHealth();
        readiness.Map(app);
        app.MapMetrics(settings.Endpoint.ApiKeys);
        app.MapPage();
        return app;
    }
}
