using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel.Memory;

namespace Jina.SemanticKernel.Memory;

/// <summary>Represents a memory as a record of a vector store. The property names are the names of the stored columns.</summary>
internal sealed class MemoryEntry
{
    public string Key { get; set; } = string.Empty;

    public string Text { get; set; } = string.Empty;

    public string Description { get; set; } = string.Empty;

    public string AdditionalMetadata { get; set; } = string.Empty;

    public string ExternalSourceName { get; set; } = string.Empty;

    public bool IsReference { get; set; }

    /// <summary>Gets or sets the time in ISO 8601. Not every store supports a type for times.</summary>
    public string? Timestamp { get; set; }

    public ReadOnlyMemory<float> Embedding { get; set; }

    [Experimental("SKEXP0001")]
    public static MemoryEntry From(MemoryRecord record) => new()
    {
        Key = record.Metadata.Id,
        Text = record.Metadata.Text,
        Description = record.Metadata.Description,
        AdditionalMetadata = record.Metadata.AdditionalMetadata,
        ExternalSourceName = record.Metadata.ExternalSourceName,
        IsReference = record.Metadata.IsReference,
        Timestamp = record.Timestamp?.ToString("O"),
        Embedding = record.Embedding,
    };

    [Experimental("SKEXP0001")]
    public MemoryRecord ToRecord(bool withEmbedding) => new(
        new MemoryRecordMetadata(IsReference, Key, Text, Description, ExternalSourceName, AdditionalMetadata),
        withEmbedding ? Embedding : default,
        Key,
        Timestamp is null ? null : DateTimeOffset.ParseExact(Timestamp, "O", null));
}
