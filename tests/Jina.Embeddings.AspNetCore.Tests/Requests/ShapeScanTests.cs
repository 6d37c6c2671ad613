using System.Text;
using Jina.Embeddings.AspNetCore.Requests;

namespace Jina.Embeddings.AspNetCore.Tests.Requests;

public sealed class ShapeScanTests
{
    [Fact]
    public void A_body_that_breaks_off_is_Jinas_from_the_name_on_that_only_Jina_has()
    {
        var body = Encoding.UTF8.GetBytes("""{"model": "m", "input": ["truncate"], "truncate": true, "user": "u"}""");
        var named = Encoding.UTF8.GetString(body).LastIndexOf("\"truncate\":", StringComparison.Ordinal) + "\"truncate\":".Length;

        for (var length = 0; length <= body.Length; length++)
        {
            Assert.Equal(length >= named ? "Jina" : "OpenAI", ShapeScan.Of(body.AsSpan(0, length)).ToString());
        }
    }

    [Fact]
    public void Nesting_has_no_end() =>
        Assert.Equal("Jina", ShapeScan.Of(Encoding.UTF8.GetBytes($$"""{"user": {{new string('[', 10_000)}}{{new string(']', 10_000)}}, "task": 1""")).ToString());
}
