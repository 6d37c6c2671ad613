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
                <add key="own" value="{OwnFeed}" />
              </packageSources>
            </configuration>
            """);
        Directory.CreateDirectory(OwnFeed);
        File.WriteAllText(_folder.File("Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <RestorePackagesPath>$(MSBuildThisFileDirectory)packages</RestorePackagesPath>
                <RestoreFallbackFolders>{GlobalPackages}</RestoreFallbackFolders>
              </PropertyGroup>
            </Project>
            """);
    }

    public string Path => _folder.Path;

    /// <summary>Gets a folder that is a package source of this consumer only.</summary>
    public string OwnFeed => _folder.File("feed");

    /// <summary>Gets the environment of commands for tools. It keeps the packages of the test out of the user's folder.</summary>
    public Dictionary<string, string> ToolEnvironment => new()
    {
        ["NUGET_PACKAGES"] = _folder.File("packages"),
        ["DOTNET_CLI_HOME"] = _folder.File("home"),
    };

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
              </PropertyGroup>
              <ItemGroup>
                {string.Join(' ', references)}
              </ItemGroup>
            </Project>
            """);
    }

    public void Dispose() => _folder.Dispose();
}
