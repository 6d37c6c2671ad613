namespace Jina.Extensions.AI.Models;

/// <summary>Locates the models that packages copy beside the application.</summary>
/// <remarks>
/// The folder has the layout of the cache for models of the hub (<c>models/{org}/{name}/{commit}</c>), and a folder for each other model.
/// </remarks>
internal static class PackagedFolder
{
    /// <summary>The name of the model in the package <see cref="DemoPackage"/>.</summary>
    public const string DemoModel = "demo-en";

    public const string DemoPackage = "Jina.Embeddings.DemoModel";

    /// <summary>The name of the folder beside the application. Existing packages contain it.</summary>
    public const string Name = "jina-embeddings";

    /// <summary>Gets the absolute path of the folder. It does not need to exist.</summary>
    /// <remarks>The base directory is that of the executable, also for single-file and native applications.</remarks>
    public static string Root => Path.Combine(AppContext.BaseDirectory, Name);

    /// <summary>Returns the absolute path of a model directory.</summary>
    public static string PathOf(string name) => Path.Combine(Root, name);
}
