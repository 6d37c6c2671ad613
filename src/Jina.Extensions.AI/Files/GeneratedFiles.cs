namespace Jina.Extensions.AI.Files;

/// <summary>Where the cache keeps what is made from models whose own folder cannot be written.</summary>
internal static class GeneratedFiles
{
    /// <summary>The folder inside the cache; in it one folder per set of weights.</summary>
    public const string FolderName = "graphs";
}
