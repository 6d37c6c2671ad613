using System.ClientModel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using OpenAI;

namespace RagConsole.Answers;

/// <summary>The optional chat model: OpenAI, or a server that speaks its protocol, as environment variables say.</summary>
internal static class ChatModel
{
    public const string KeyVariable = "OPENAI_API_KEY";
    public const string AddressVariable = "OPENAI_BASE_URL";
    public const string ModelVariable = "OPENAI_MODEL";
    public const string DefaultModel = "gpt-4o-mini";

    /// <summary>Registers an <see cref="IChatClient"/> where there is a key; without one the kernel has none.</summary>
    /// <exception cref="ArgumentException">The server's address is none.</exception>
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

    private static Uri? ReadAddress() => Read(AddressVariable) switch
    {
        null => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https") => address,
        var text => throw new ArgumentException($"{AddressVariable} is '{text}'; expected an address like http://localhost:11434/v1."),
    };

    private static string? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
