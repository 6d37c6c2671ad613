using Microsoft.SemanticKernel.Memory;

namespace Jina.SemanticKernel.Memory;

/// <summary>A memory as a vector store keeps it; the names of its properties are those of the stored columns.</summary>
internal sealed class MemoryEntry
{
    public string Key { get; set; } = string.Empty;

    public string Text { get; set; } = string.Empty;

    public string Description { get; set; } = string.Empty;

    public string AdditionalMetadata { get; set; } = string.Empty;

    public string ExternalSourceName { get; set; } = string.Empty;

    public bool IsReference { get; set; }

    /// <summary>In ISO 8601: not every store has a type for a moment.</summary>
    public string? Timestamp { get; set; }

    public ReadOnlyMemory<float> Embedding { get; set; }

    public static MemoryEntry Of(MemoryRecord record) => new()
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

    public MemoryRecord ToRecord(bool withEmbedding) => new(
        new MemoryRecordMetadata(IsReference, Key, Text, Description, ExternalSourceName, AdditionalMetadata),
        withEmbedding ? Embedding : default,
        Key,
        Timestamp is null ? null : DateTimeOffset.ParseExact(Timestamp, "O", null));
}
