using System.ClientModel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using OpenAI;

namespace RagConsole.Answers;

/// <summary>Adds the optional chat model, OpenAI or a server with the same protocol, from environment variables.</summary>
internal static class ChatModel
{
    public const string KeyVariable = "OPENAI_API_KEY";
    public const string AddressVariable = "OPENAI_BASE_URL";

    private const string ModelVariable = "OPENAI_MODEL";
    private const string DefaultModel = "gpt-4o-mini";

    /// <summary>Gets whether an API key is set.</summary>
    public static bool IsConfigured => Read(KeyVariable) is not null;

    /// <summary>Registers an <see cref="IChatClient"/> if an API key is set.</summary>
    /// <exception cref="ArgumentException">The address of the server is not valid.</exception>
    public static IKernelBuilder AddChatModelFromEnvironment(this IKernelBuilder builder)
    {
        if (Read(KeyVariable) is { } key)
        {
            var options = new OpenAIClientOptions { Endpoint = ReadAddress() };
            var client = new OpenAIClient(new ApiKeyCredential(key), options);
            builder.Services.AddChatClient(client.GetChatClient(Read(ModelVariable) ?? DefaultModel).AsIChatClient());
        }

        return builder;
    }

    /// <summary>Returns why a request failed. After several attempts, it is the reason of the last one.</summary>
    public static string ReasonOf(Exception error) => (error as AggregateException)?.InnerExceptions[^1].Message ?? error.Message;

    private static Uri? ReadAddress()
    {
        if (Read(AddressVariable) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        throw new ArgumentException($"{AddressVariable} is '{text}'; expected an address like http://localhost:11434/v1.");
    }

    private static string? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
