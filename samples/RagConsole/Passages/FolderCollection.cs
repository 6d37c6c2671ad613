using Microsoft.Extensions.VectorData;

namespace RagConsole.Passages;

/// <summary>Represents a folder that is kept indexed, and its name.</summary>
internal sealed record FolderCollection
{
    /// <summary>Gets or sets the absolute path of the folder.</summary>
    [VectorStoreKey]
    public string Root { get; set; } = "";

    /// <summary>Gets or sets the name, which is unique in the database. Upper and lower case are the same.</summary>
    [VectorStoreData]
    public string Name { get; set; } = "";

    /// <summary>Gets or sets the time at which the folder was last brought up to date, in UTC.</summary>
    [VectorStoreData]
    public DateTime IngestedAt { get; set; }

    /// <summary>Gets or sets the files and subfolders that were not ingested and the reasons, one per line.</summary>
    [VectorStoreData]
    public string NotListed { get; set; } = "";

    /// <summary>Returns the lines of <see cref="NotListed"/>.</summary>
    public string[] GetNotListed() => NotListed.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
