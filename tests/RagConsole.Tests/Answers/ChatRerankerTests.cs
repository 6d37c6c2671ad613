using System.Runtime.CompilerServices;
using CsCheck;
using Microsoft.Extensions.AI;
using RagConsole.Answers;

namespace RagConsole.Tests.Answers;

public sealed class ChatRerankerTests
{
    private static readonly string[] Texts = ["zero", "one", "two", "three"];

    private readonly List<string> _warnings = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("3, 1, 2, 4", 2, 0, 1, 3)]
    [InlineData("[4], [2]", 3, 1)]
    [InlineData("The best is 2, then 2 and 1.", 1, 0)]
    [InlineData("5, 0, 4, 12345678901234567890", 3)]
    [InlineData("0")]
    public async Task The_numbers_of_passages_in_the_reply_are_the_order(string reply, params int[] expected)
    {
        Assert.Equal(expected, await RankAsync(new FakeChat(reply)));
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task The_chat_model_receives_the_question_and_the_numbered_texts()
    {
        var chat = new FakeChat("1");

        await RankAsync(chat);

        Assert.Equal([ChatRole.System, ChatRole.User], chat.Messages.Select(message => message.Role));
        Assert.Equal("[1] zero\n\n[2] one\n\n[3] two\n\n[4] three\n\nQuestion: Which?", chat.Messages[1].Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("I cannot do that.")]
    public async Task A_reply_without_numbers_has_no_order_and_adds_a_warning(string reply)
    {
        Assert.Empty(await RankAsync(new FakeChat(reply)));
        Assert.Equal(["The chat model did not order the passages: its reply contains no numbers."], _warnings);
    }

    [Fact]
    public async Task A_failure_has_no_order_and_adds_a_warning()
    {
        Assert.Empty(await RankAsync(new FakeChat(new InvalidOperationException("no such key"))));
        Assert.Equal(["The chat model did not order the passages: no such key"], _warnings);
    }

    [Fact]
    public async Task A_cancellation_is_not_a_failure()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new ChatReranker(new FakeChat("1"), _warnings.Add).RankAsync("Which?", Texts, source.Token));
        Assert.Empty(_warnings);
    }

    [Fact]
    public async Task Fewer_than_two_texts_need_no_chat_model()
    {
        var reranker = new ChatReranker(new FakeChat(new InvalidOperationException()), _warnings.Add);

        Assert.Empty(await reranker.RankAsync("Which?", [], Token));
        Assert.Empty(await reranker.RankAsync("Which?", ["only"], Token));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void No_reply_gives_a_text_twice_or_a_text_that_does_not_exist() => Gen.String.Sample(reply =>
    {
        var order = new ChatReranker(new FakeChat(reply), _ => { }).RankAsync("Which?", Texts, Token).GetAwaiter().GetResult();

        Assert.All(order, index => Assert.InRange(index, 0, 3));
        Assert.Equal(order.Count, order.Distinct().Count());
    }, threads: 1);

    private Task<IReadOnlyList<int>> RankAsync(FakeChat chat) =>
        new ChatReranker(chat, _warnings.Add).RankAsync("Which?", Texts, Token);

    /// <summary>Represents a chat model that writes one reply, letter by letter, or fails.</summary>
    private sealed class FakeChat(string reply) : IChatClient
    {
        private readonly Exception? _failure;

        public FakeChat(Exception failure)
            : this("") => _failure = failure;

        public IReadOnlyList<ChatMessage> Messages { get; private set; } = [];

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Messages = [.. messages];
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            if (_failure is not null)
            {
                throw _failure;
            }

            foreach (var letter in reply)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, $"{letter}");
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
