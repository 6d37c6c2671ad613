using System.Net;
using System.Text;
using CsCheck;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Requests;

/// <summary>Every invalid body gets a rejection in the shape of the request that names the problem, and the server keeps running.</summary>
public sealed class BadBodyTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string JsonMarks = "{}[]\",:0";

    private static readonly string[] Valid =
    [
        """{"model": "demo-en", "input": ["one", "two", ""], "encoding_format": "float", "user": "u", "dimensions": 256}""",
        """{"input": "one", "encoding_format": "base64"}""",
        """{"input": [5, 6, 7]}""",
        """{"input": [[5, 6], [7]], "model": "any"}""",
        """{"input": [{"text": "one"}, "two"], "embedding_type": ["float", "binary", "ubinary", "base64"], "normalized": false,"""
        + """ "truncate": true, "task": "t", "late_chunking": false}""",
    ];

    [Fact]
    public async Task Each_bad_body_is_rejected_in_the_shape_of_the_request_and_names_the_field()
    {
        var bodies = BadBodies.All().ToList();
        foreach (var body in bodies)
        {
            var answer = await fixture.Server.PostAsync(body.Text);

            var named = body.IsJina
                ? Assert.Single(answer.Jina(HttpStatusCode.UnprocessableEntity).GetProperty("errors").EnumerateArray()).Text("field")
                : answer.OpenAI(HttpStatusCode.BadRequest).GetProperty("param").GetString();
            Assert.True(body.Field is null || named?.Split('[', '.')[0] == body.Field, $"{named} for {body}");
        }

        Assert.True(bodies.Count >= 200, $"{bodies.Count} bodies");
        await AnswersStillAsync();
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_rejected()
    {
        foreach (var body in BadBodies.Bytes())
        {
            (await fixture.Server.PostAsync(body)).OpenAI(HttpStatusCode.BadRequest);
        }

        await AnswersStillAsync();
    }

    [Fact]
    public async Task An_encoding_that_is_not_UTF8_is_rejected_with_its_field()
    {
        byte[] body = [.. "{\"input\": \"x\", \"encoding_format\": \""u8, 0xff, .. "\"}"u8];

        Assert.Equal("encoding_format", (await fixture.Server.PostAsync(body)).OpenAI(HttpStatusCode.BadRequest).Text("param"));
    }

    [Theory]
    [InlineData("""{"truncate": true, "input": """)]
    [InlineData("""{"input": "x", "truncate": true, "input" """)]
    [InlineData("""{"input": "x", "task": """)]
    [InlineData("""{"input": [{"text": "x"}, """)]
    [InlineData("""{"input": {"text" """)]
    [InlineData("""{"user": 1, "input": "x", "normalized": true}""")]
    [InlineData("""{"input": 7, "embedding_type": "float"}""")]
    [InlineData("""{"input": [[[[1]]]], "\u0074ask": 1}""")]
    public async Task Fields_of_Jina_give_the_rejection_its_shape_even_after_the_fault(string body) =>
        (await fixture.Server.PostAsync(body)).Jina(HttpStatusCode.UnprocessableEntity);

    [Theory]
    [InlineData("""{"input": "truncate", "user": {"truncate": true}}""")]
    [InlineData("""{"model": {"text": "x"}, "input": "x"}""")]
    [InlineData("""{"input": "x" "truncate": true}""")]
    public async Task Lookalikes_of_Jinas_fields_do_not_change_the_shape(string body) =>
        (await fixture.Server.PostAsync(body)).OpenAI(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("""{"input": "\ud800"}""", "input")]
    [InlineData("""{"input": ["x", "y", "a\udc00"]}""", "input[2]")]
    [InlineData("""{"input": "x", "user": "\ud800\ud800"}""", "user")]
    public async Task Half_of_a_surrogate_pair_is_rejected_with_its_field(string body, string field)
    {
        var error = (await fixture.Server.PostAsync(body)).OpenAI(HttpStatusCode.BadRequest);

        Assert.StartsWith($"The field '{field}' is not valid Unicode", error.Text("message"), StringComparison.Ordinal);
        Assert.Equal(field, error.Text("param"));
    }

    [Fact]
    public async Task Half_of_a_surrogate_pair_in_an_object_is_rejected_with_its_index()
    {
        var error = (await fixture.Server.PostAsync("""{"input": ["x", {"text": "\ud800"}]}""")).Jina(HttpStatusCode.UnprocessableEntity);

        Assert.Equal("input[1].text", Assert.Single(error.GetProperty("errors").EnumerateArray()).Text("field"));
    }

    [Fact]
    public async Task A_rejection_never_repeats_a_text()
    {
        string[] bodies =
        [
            """{"input": ["secret words", 1]}""",
            """{"input": {"text": "secret words", "a": 1}}""",
            """{"input": "secret words"x""",
            """{"input": "x", "encoding_format": "secret words"}""",
        ];
        foreach (var body in bodies)
        {
            Assert.DoesNotContain("secret", (await fixture.Server.PostAsync(body)).Text, StringComparison.Ordinal);
        }
    }

    /// <summary>A valid body with some bytes replaced, removed, repeated or truncated is still valid, or it is rejected.</summary>
    [Fact]
    public async Task Mutated_bodies_are_answered_or_rejected()
    {
        var value = Gen.OneOf(Gen.Byte, Gen.Int[0, JsonMarks.Length - 1].Select(i => (byte)JsonMarks[i]));
        var change = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1000], value);
        var bodies = Gen.Select(
            Gen.Int[0, Valid.Length - 1].Select(i => Valid[i]),
            change.List[1, 4],
            (body, changes) => changes.Aggregate(Encoding.UTF8.GetBytes(body), Mutate));

        await bodies.SampleAsync(
            async body =>
            {
                var answer = await fixture.Server.PostAsync(body);
                if (answer.Status == HttpStatusCode.OK)
                {
                    Assert.NotEqual(0, answer.Body.GetProperty("data").GetArrayLength());
                }
                else if (answer.Text.StartsWith("{\"error\"", StringComparison.Ordinal))
                {
                    answer.OpenAI(HttpStatusCode.BadRequest);
                }
                else
                {
                    var isBadRequest = answer.Status == HttpStatusCode.BadRequest;
                    answer.Jina(isBadRequest ? HttpStatusCode.BadRequest : HttpStatusCode.UnprocessableEntity);
                }
            },
            iter: 1000,
            threads: 2);

        await AnswersStillAsync();
    }

    internal static byte[] Mutate(byte[] body, (int Kind, int Place, byte Value) change)
    {
        var place = body.Length == 0 ? 0 : change.Place % body.Length;
        return change.Kind switch
        {
            _ when body.Length == 0 => body,
            0 => [.. body[..place], change.Value, .. body[(place + 1)..]],
            1 => [.. body[..place], .. body[(place + 1)..]],
            2 => [.. body[..place], change.Value, .. body[place..]],
            _ => body[..Math.Max(place, body.Length / 2)],
        };
    }

    private async Task AnswersStillAsync() => Assert.Equal(HttpStatusCode.OK, (await fixture.Server.PostAsync(Valid[0])).Status);
}
