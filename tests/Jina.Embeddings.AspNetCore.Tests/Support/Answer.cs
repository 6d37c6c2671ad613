using System.Net;
using System.Text.Json;

namespace Jina.Embeddings.AspNetCore.Tests.Support;

/// <summary>Represents the response of a server.</summary>
internal sealed record Answer(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    /// <summary>Gets the body as JSON. It throws if the body is not JSON.</summary>
    public JsonElement Body => JsonDocument.Parse(Text).RootElement;

    /// <summary>Returns the vectors of a response with floats.</summary>
    public float[][] Floats() => [.. Body.GetProperty("data").EnumerateArray().Select(item => Numbers(item.GetProperty("embedding")))];

    public static float[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetSingle())];

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers).Concat(response.TrailingHeaders)
            .ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer(response.StatusCode, headers, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
