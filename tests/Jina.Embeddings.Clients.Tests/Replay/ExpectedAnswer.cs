using System.Globalization;
using System.Text.Json;

namespace Jina.Embeddings.Clients.Tests.Replay;

/// <summary>Represents the answer that a client needs. Members that are missing are not checked.</summary>
/// <param name="Status">The status.</param>
/// <param name="Vectors">
/// The place of the vectors: <c>data</c> (OpenAI, Jina), <c>embeddings</c> or <c>embedding</c> (Ollama), <c>array</c> (Text Embeddings
/// Inference), or <c>similarity</c>: the cosines of the first text with the others.
/// </param>
/// <param name="Encoding">The encoding of the vectors: <c>float</c> or <c>base64</c>.</param>
/// <param name="Texts">The texts of the vectors.</param>
/// <param name="Members">The members that the client reads, as names and positions separated by dots.</param>
/// <param name="Ignored">The fields that the header <c>Warning</c> names.</param>
/// <param name="Text">Whether the answer is a text that is not empty, instead of JSON.</param>
internal sealed record ExpectedAnswer(
    int Status,
    string? Vectors = null,
    string? Encoding = null,
    IReadOnlyList<string>? Texts = null,
    IReadOnlyList<string>? Members = null,
    IReadOnlyList<string>? Ignored = null,
    bool Text = false)
{
    /// <summary>Asserts that the members that the client reads are in the answer.</summary>
    public void AssertMembers(JsonElement answer) =>
        Assert.All(Members ?? [], member => Assert.True(Has(answer, member), $"The answer has no member {member}: {answer}"));

    /// <summary>Asserts that the fields that were ignored are named.</summary>
    public void AssertIgnored(HttpResponseMessage response)
    {
        var warning = response.Headers.NonValidated.TryGetValues("Warning", out var values) ? values.ToString() : "";
        Assert.All(Ignored ?? [], field => Assert.Contains(field, warning, StringComparison.Ordinal));
    }

    /// <summary>Reads the vectors at their place.</summary>
    public IEnumerable<ReadOnlyMemory<float>> ReadVectors(JsonElement answer) => Vectors switch
    {
        "data" => answer.GetProperty("data").EnumerateArray().Select(ReadItem),
        "embeddings" => answer.GetProperty("embeddings").EnumerateArray().Select(JsonVector.Read),
        "embedding" => [JsonVector.Read(answer.GetProperty("embedding"))],
        "array" => answer.EnumerateArray().Select(JsonVector.Read),
        _ => throw new InvalidDataException($"A body file names the unknown place {Vectors}."),
    };

    private ReadOnlyMemory<float> ReadItem(JsonElement item, int index)
    {
        var vector = item.GetProperty("embedding");
        Assert.Equal(index, item.GetProperty("index").GetInt32());
        Assert.Equal(Encoding == "base64" ? JsonValueKind.String : JsonValueKind.Array, vector.ValueKind);
        return JsonVector.Read(vector);
    }

    private static bool Has(JsonElement answer, string member)
    {
        var current = answer;
        foreach (var part in member.Split('.'))
        {
            if (current.ValueKind == JsonValueKind.Object && current.TryGetProperty(part, out var value))
            {
                current = value;
            }
            else if (current.ValueKind == JsonValueKind.Array
                && int.TryParse(part, CultureInfo.InvariantCulture, out var index)
                && index < current.GetArrayLength())
            {
                current = current[index];
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
