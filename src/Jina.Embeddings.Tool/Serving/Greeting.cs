using Jina.Embeddings.AspNetCore.Endpoints;
using Jina.Embeddings.Tool.Commands;
using Microsoft.AspNetCore.Builder;

namespace Jina.Embeddings.Tool.Serving;

/// <summary>
/// Writes the messages of a server that is ready: one line on stdout for scripts, and, unless stderr is a log of JSON, others on stderr
/// for people.
/// </summary>
internal static class Greeting
{
    public static void Write(WebApplication app, ServeSettings settings)
    {
        if (settings.LogFormat == LogFormat.Text)
        {
            WriteForPeople(app, settings);
        }

        Console.Out.WriteLine($"Listening on {string.Join(' ', app.Urls)}");
        Console.Out.Flush();
    }

    private static void WriteForPeople(WebApplication app, ServeSettings settings)
    {
        var models = new ServedModels(app.Services, settings.Endpoint.StrictModel).All;
        var precision = PrecisionOption.NameOf(settings.Precision);
        var address = Reachable(app.Urls.First());
        var keyed = settings.Endpoint.ApiKeys.Count > 0;
        foreach (var model in models)
        {
            Console.Error.WriteLine($"Serving {model.Id}, {model.Dimensions} dimensions, {precision}");
        }

        var authorization = keyed ? " -H \"Authorization: Bearer KEY\"" : "";
        var body = $$"""{"model":"{{models[0].Id}}","input":"Hello"}""";
        Console.Error.WriteLine($"""
            Page     {address}/
            Base URL {address}/v1 (OpenAI's and Jina's API{(keyed ? ", with an API key" : "")})
            Base URL {address} (Ollama's API, and Text Embeddings Inference)
            Try      curl {address}/v1/embeddings -H "Content-Type: application/json"{authorization} -d '{body}'
            Stop     Ctrl+C
            """);
    }

    /// <summary>Replaces the address of all network interfaces, which clients cannot connect to.</summary>
    private static string Reachable(string url) =>
        url.Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .TrimEnd('/');
}
