using System.Text;
using Jina.Embeddings.AspNetCore.Requests;

namespace Jina.Embeddings.AspNetCore.Tests.Requests;

public sealed class ShapeDetectorTests
{
    [Fact]
    public void An_incomplete_body_has_Jinas_shape_as_soon_as_the_name_of_a_Jina_field_is_complete()
    {
        var body = Encoding.UTF8.GetBytes("""{"model": "m", "input": ["truncate"], "truncate": true, "user": "u"}""");
        var named = Encoding.UTF8.GetString(body).LastIndexOf("\"truncate\":", StringComparison.Ordinal) + "\"truncate\":".Length;

        for (var length = 0; length <= body.Length; length++)
        {
            Assert.Equal(length >= named ? "Jina" : "OpenAI", ShapeDetector.Detect(body.AsSpan(0, length)).ToString());
        }
    }

    [Theory]
    [InlineData("\ufeff{\"truncate\": true, ", "Jina")]
    [InlineData("{\"encoding_type\": ", "Jina")]
    [InlineData("{\"return_multivector\": ", "Jina")]
    [InlineData("{\"drop_params\": true, \"options\": {\"truncate\": true}, ", "OpenAI")]
    public void Unknown_fields_and_a_byte_order_mark_do_not_change_the_shape(string body, string shape) =>
        Assert.Equal(shape, ShapeDetector.Detect(Encoding.UTF8.GetBytes(body)).ToString());

    [Fact]
    public void Deep_nesting_does_not_hide_the_shape()
    {
        var body = Encoding.UTF8.GetBytes($$"""{"user": {{new string('[', 10_000)}}{{new string(']', 10_000)}}, "task": 1""");

        Assert.Equal("Jina", ShapeDetector.Detect(body).ToString());
    }
}
