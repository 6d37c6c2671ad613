using Jina.Retrieval;
using Microsoft.Agents.AI;

namespace Jina.Agents;

/// <summary>Represents the options of a context provider: how it searches, and how the agent uses it.</summary>
/// <typeparam name="TRecord">The type of the records.</typeparam>
public sealed class JinaContextProviderOptions<TRecord> : RetrievalOptions<TRecord>
    where TRecord : class
{
    /// <summary>Gets the options of Agent Framework: when to search, the prompts, and the earlier messages to include.</summary>
    /// <value>
    /// By default, the agent searches before each turn with the latest messages. <see cref="TextSearchProviderOptions.StateKey"/> and
    /// <see cref="TextSearchProviderOptions.FunctionToolName"/> are set to names that contain the name of the collection, so that one
    /// agent can use several collections.
    /// </value>
    public TextSearchProviderOptions Provider { get; } = new();
}
