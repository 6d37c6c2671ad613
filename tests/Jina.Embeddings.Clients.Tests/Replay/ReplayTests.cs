using System.Numerics.Tensors;
using System.Text.Json;

namespace Jina.Embeddings.Clients.Tests.Replay;

/// <summary>Sends the requests of clients that the tests do not install. The folder Fixtures/replay has their bodies.</summary>
public sealed class ReplayTests(ServerFixture server, OwnVectors own) : IClassFixture<ServerFixture>, IClassFixture<OwnVectors>
{
    public static TheoryData<string, string> Requests
    {
        get
        {
            var requests = new TheoryData<string, string>();
            foreach (var client in ReplayedClient.All)
            {
                foreach (var request in client.ReadRequests())
                {
                    requests.Add(client.File, request.Name);
                }
            }

            return requests;
        }
    }

    [Fact]
    public void The_table_names_every_file_once()
    {
        var named = ReplayedClient.All.Select(client => client.File);

        Assert.Equal(ReplayedClient.Files.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_client_gets_the_answer_that_it_needs(string client, string request)
    {
        var replayed = ReplayedClient.All.Single(one => one.File == client).ReadRequests().Single(one => one.Name == request);
        using var message = replayed.ToMessage();

        using var response = await server.Client.SendAsync(message, TestContext.Current.CancellationToken);

        await AssertExpectedAsync(replayed.Expected, response);
    }

    private async Task AssertExpectedAsync(ExpectedAnswer expected, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected.Status == (int)response.StatusCode, $"The status is {response.StatusCode}: {text}");
        expected.AssertIgnored(response);
        if (expected.Text)
        {
            Assert.NotEmpty(text.Trim());
            return;
        }

        using var answer = JsonDocument.Parse(text);
        expected.AssertMembers(answer.RootElement);
        if (expected.Texts is { } texts)
        {
            AssertVectors(expected, answer.RootElement, await own.EmbedAsync(texts));
        }
    }

    private static void AssertVectors(ExpectedAnswer expected, JsonElement answer, IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        if (expected.Vectors == "similarity")
        {
            float[] cosines = [.. vectors.Skip(1).Select(vector => TensorPrimitives.CosineSimilarity(vectors[0].Span, vector.Span))];
            VectorAssert.Same([cosines], [JsonVector.Read(answer)]);
            return;
        }

        VectorAssert.Same(vectors, expected.ReadVectors(answer));
    }
}
