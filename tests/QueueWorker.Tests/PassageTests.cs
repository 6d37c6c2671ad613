using System.Text;
using System.Text.Json;
using CsCheck;

namespace QueueWorker.Tests;

public sealed class PassageTests
{
    private static readonly Gen<string> AnyText =
        from text in Gen.String
        where IsUnicode(text) && !text.Contains('\0') && !string.IsNullOrWhiteSpace(text)
        select text;

    [Fact]
    public void Each_valid_message_is_read_as_it_was_written() =>
        Gen.Select(AnyText.Where(id => id.Length <= Passage.MaxIdLength), AnyText, Gen.Long[1, long.MaxValue]).Sample((id, text, version) =>
        {
            var message = JsonSerializer.SerializeToUtf8Bytes(new { title = "not used", text, id });

            Assert.True(Passage.TryRead(message, version, out var passage, out _));
            Assert.Equal(new Passage(id, text, version), passage);
        });

    [Theory]
    [InlineData("", "valid JSON")]
    [InlineData("a text", "valid JSON")]
    [InlineData("{\"id\": \"1\", \"text\": \"a\"", "valid JSON")]
    [InlineData("{\"id\": \"1\", \"text\": \"a\"} {}", "valid JSON")]
    [InlineData("{\"id\": \"1\", \"text\": \"\\ud83d\"}", "valid JSON")]
    [InlineData("[]", "no ID")]
    [InlineData("null", "no ID")]
    [InlineData("{\"text\": \"a\"}", "no ID")]
    [InlineData("{\"id\": 1, \"text\": \"a\"}", "no ID")]
    [InlineData("{\"id\": \"\", \"text\": \"a\"}", "no ID")]
    [InlineData("{\"id\": \"1\"}", "no text")]
    [InlineData("{\"id\": \"1\", \"text\": null}", "no text")]
    [InlineData("{\"id\": \"1\", \"text\": \" \\n\"}", "no text")]
    [InlineData("{\"id\": \"1\", \"text\": \"a\\u0000b\"}", "U+0000")]
    [InlineData("{\"id\": \"1\\u0000\", \"text\": \"a\"}", "U+0000")]
    public void A_message_that_cannot_be_stored_has_a_problem(string message, string problem)
    {
        Assert.False(Passage.TryRead(Encoding.UTF8.GetBytes(message), 1, out _, out var found));
        Assert.Contains(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ID_that_an_index_cannot_contain_has_a_problem()
    {
        var id = new string('i', Passage.MaxIdLength + 1);

        Assert.False(Passage.TryRead(JsonSerializer.SerializeToUtf8Bytes(new { id, text = "a" }), 1, out _, out var problem));
        Assert.Equal("Its ID has 513 characters; expected at most 512.", problem);
    }

    [Fact]
    public void Bytes_that_are_not_a_message_never_throw() =>
        Gen.Byte.Array.Sample(bytes =>
            Passage.TryRead(bytes, 1, out var passage, out var problem) == (passage is not null && problem is null));

    [Fact]
    public void The_latest_version_of_each_ID_remains_in_the_order_of_the_IDs() =>
        Gen.Int[0, 9].Array[0, 50].Sample(ids =>
        {
            var passages = ids.Select((id, version) => new Passage($"{id}", $"text {version}", version)).ToArray();
            Random.Shared.Shuffle(passages);

            var latest = Passage.LatestOfEachId(passages);

            var expected = ids.Distinct().Order().Select(id => ($"{id}", (long)Array.LastIndexOf(ids, id)));
            Assert.Equal(expected, latest.Select(passage => (passage.Id, passage.Version)));
        });

    private static bool IsUnicode(string text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}
