using Jina.Testing;

namespace Jina.Packaging.Tests;

/// <summary>
/// Represents a folder outside the repository, for the application of a user. The dependencies of the packages come from the
/// global packages folder of the repository's restore, so no network is needed.
/// </summary>
internal sealed class ConsumerFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ConsumerFolder(PackageFeed feed)
    {
        File.WriteAllText(_folder.File("nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{feed.Path}" />
              </packageSources>
            </configuration>
            """);
    }

    public string Path => _folder.Path;

    private static string GlobalPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Writes a console application with one source file that uses packages.</summary>
    public void WriteApp(string program, params (string Name, string Version)[] packages)
    {
        var references = packages.Select(package => $"<PackageReference Include=\"{package.Name}\" Version=\"{package.Version}\" />");
        File.WriteAllText(_folder.File("Program.cs"), program);
        File.WriteAllText(_folder.File("App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <RestorePackagesPath>packages</RestorePackagesPath>
                <RestoreFallbackFolders>{GlobalPackages}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                {string.Join(' ', references)}
              </ItemGroup>
            </Project>
            """);
    }

    public void Dispose() => _folder.Dispose();
}
