using System.Net;
using System.Text;
using CsCheck;
using Jina.Embeddings.AspNetCore.Tests.Requests;
using Jina.Embeddings.AspNetCore.Tests.Support;

namespace Jina.Embeddings.AspNetCore.Tests.Dialects;

/// <summary>A valid body with some bytes replaced, removed, repeated or truncated is still valid, or it is rejected.</summary>
public sealed class MutatedBodyTests(DialectFixture fixture) : IClassFixture<DialectFixture>
{
    private const string JsonMarks = "{}[]\",:0";

    private static readonly (string Path, string Body)[] Valid =
    [
        ("/api/embed", """{"model": "m:latest", "input": ["one", "", "two"], "truncate": true, "options": {"a": [1]}, "keep_alive": 5}"""),
        ("/api/embeddings", """{"model": "m", "prompt": "one", "options": null}"""),
        ("/api/show", """{"name": "m", "verbose": true}"""),
        ("/embed", """{"inputs": ["one", "two"], "normalize": false, "truncation_direction": "right", "dimensions": 256}"""),
        ("/embed", """{"inputs": [[5, 6], [7]], "truncate": true}"""),
        ("/similarity", """{"inputs": {"source_sentence": "one", "sentences": ["two", "one"]}, "parameters": {"truncate": true}}"""),
        ("/tokenize", """{"inputs": ["one", "tw\u00f6"], "add_special_tokens": false}"""),
    ];

    [Fact]
    public async Task Mutated_bodies_are_answered_or_rejected()
    {
        var value = Gen.OneOf(Gen.Byte, Gen.Int[0, JsonMarks.Length - 1].Select(i => (byte)JsonMarks[i]));
        var change = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1000], value);
        var requests = Gen.Select(
            Gen.Int[0, Valid.Length - 1].Select(i => Valid[i]),
            change.List[1, 4],
            (request, changes) => (request.Path, Body: changes.Aggregate(Encoding.UTF8.GetBytes(request.Body), BadBodyTests.Mutate)));

        await requests.SampleAsync(
            async request =>
            {
                var answer = await fixture.Server.PostToAsync(request.Path, request.Body);
                if (answer.Status == HttpStatusCode.OK)
                {
                    Assert.NotEmpty(answer.Body.GetRawText());
                }
                else if (request.Path.StartsWith("/api/", StringComparison.Ordinal))
                {
                    answer.Ollama(HttpStatusCode.BadRequest);
                }
                else
                {
                    answer.Inference(HttpStatusCode.UnprocessableEntity);
                }
            },
            iter: 1000,
            threads: 2);

        Assert.Equal(HttpStatusCode.OK, (await fixture.Server.PostToAsync(Valid[0].Path, Valid[0].Body)).Status);
    }
}
