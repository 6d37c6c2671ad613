using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Jina.Benchmarks.Download;

/// <summary>Runs a hub with one model whose weights are a local file. It runs in its own process.</summary>
internal static class BenchHub
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    /// <summary>Serves until stdin ends. The first line of output is the address.</summary>
    public static async Task<int> RunAsync(string weights)
    {
        await using var file = File.OpenRead(weights);
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        server.Run(async context =>
        {
            var response = context.Response;
            var path = context.Request.Path.Value!;
            var inModule = path.Contains("1_Pooling") || path.Contains("2_Dense");
            response.Headers["X-Repo-Commit"] = Commit;
            switch (Path.GetFileName(path))
            {
                case "config.json" or "spiece.model" when !inModule:
                    response.ContentLength = 2;
                    await (HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.WriteAsync("{}"));
                    break;
                case "pytorch_model.bin" when !path.Contains("2_Dense"):
                    response.Headers["X-Linked-Size"] = $"{file.Length}";
                    response.Headers["X-Linked-ETag"] = $"\"{digest}\"";
                    response.Redirect("/content");
                    break;
                case "content":
                    response.ContentLength = file.Length;
                    await response.SendFileAsync(weights);
                    break;
                default:
                    response.StatusCode = StatusCodes.Status404NotFound;
                    break;
            }
        });
        await server.StartAsync();
        Console.WriteLine(server.Urls.Single());
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
