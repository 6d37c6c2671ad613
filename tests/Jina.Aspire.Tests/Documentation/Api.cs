using Aspire.Hosting;
using Jina.Testing;

namespace Projects;

/// <summary>Represents the project of a user, like the class that the SDK of an AppHost generates for each project.</summary>
internal sealed class Api : IProjectMetadata
{
    public string ProjectPath => RepositoryFiles.Path("samples", "AspireApp", "AspireApp.Api", "AspireApp.Api.csproj");
}
