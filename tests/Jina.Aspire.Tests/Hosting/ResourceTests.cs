using System.Reflection;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Jina.Testing;

namespace Jina.Aspire.Tests.Hosting;

/// <summary>Tests how the server is started and what projects that reference it get.</summary>
public sealed class ResourceTests
{
    private static string Version { get; } = typeof(JinaEmbeddingsResource).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    [Fact]
    public async Task The_server_is_started_from_the_package_of_the_same_version_on_the_loopback_address()
    {
        var embeddings = AppModel.Create().AddJinaEmbeddings("embeddings");

        var started = await embeddings.EvaluateAsync();

        Assert.Equal("dotnet", embeddings.Resource.Command);
        Assert.Equal(
            ["tool", "exec", "--yes", $"Jina.Embeddings.Tool@{Version}", "--", "serve"],
            started.Arguments.Select(argument => argument.Value));
        Assert.Equal("http://127.0.0.1:5001", Variables(started)["JINA_EMBEDDINGS_URLS"]);
        Assert.DoesNotContain(Variables(started).Keys, name => name is "JINA_EMBEDDINGS_MODEL" or "JINA_EMBEDDINGS_API_KEY");
    }

    [Fact]
    public async Task The_server_gets_its_options_as_variables_and_exports_telemetry()
    {
        var builder = AppModel.Create("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:4317", "Parameters:key=a-long-secret");
        var embeddings = builder.AddJinaEmbeddings("embeddings")
            .WithModel("jina-embedding-b-en-v1")
            .WithPrecision(JinaEmbeddingsPrecision.Int8)
            .WithModelCache("models")
            .WithApiKey(builder.AddParameter("key", secret: true))
            .WithArgs("--threads", "2");

        var started = await embeddings.EvaluateAsync();

        var variables = Variables(started);
        Assert.Equal("jina-embedding-b-en-v1", variables["JINA_EMBEDDINGS_MODEL"]);
        Assert.Equal("int8", variables["JINA_EMBEDDINGS_PRECISION"]);
        Assert.Equal(Path.Combine(builder.AppHostDirectory, "models"), variables["JINA_EMBEDDINGS_CACHE"]);
        Assert.Equal("a-long-secret", variables["JINA_EMBEDDINGS_API_KEY"]);
        Assert.Equal("http://localhost:4317", variables["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal(["serve", "--threads", "2"], started.Arguments.Select(argument => argument.Value).TakeLast(3));
    }

    [Fact]
    public async Task An_installed_tool_and_a_project_replace_the_package()
    {
        var builder = AppModel.Create();
        var installed = builder.AddJinaEmbeddings("installed").WithServerCommand("jina-embeddings");
        var project = builder.AddJinaEmbeddings("project").WithServerCommand("dotnet", "run", "--project", "Tool.csproj", "--");
        var command = builder.AddJinaEmbeddings("command").WithCommand("./jina-embeddings");

        Assert.Equal("jina-embeddings", installed.Resource.Command);
        Assert.Equal(["serve"], await ArgumentsAsync(installed));
        Assert.Equal(["run", "--project", "Tool.csproj", "--", "serve"], await ArgumentsAsync(project));
        Assert.Equal(["serve"], await ArgumentsAsync(command));
    }

    [Fact]
    public void The_resource_is_healthy_when_the_path_of_the_server_says_so()
    {
        var embeddings = AppModel.Create().AddJinaEmbeddings("embeddings", port: 5050);

        var check = Assert.Single(embeddings.Resource.Annotations.OfType<HealthCheckAnnotation>());
        Assert.Contains("/health", check.Key, StringComparison.Ordinal);
        Assert.Equal(5050, Assert.Single(embeddings.Resource.Annotations.OfType<EndpointAnnotation>()).Port);
    }

    [Theory]
    [InlineData("jinaai/jina-embedding-l-en-v1", "Endpoint=http://localhost:5000;Model=jinaai/jina-embedding-l-en-v1")]
    [InlineData("org/name@main", "Endpoint=http://localhost:5000;Model=org/name")]
    [InlineData("./missing", "Endpoint=http://localhost:5000;Model=./missing")]
    public async Task A_project_gets_the_address_and_the_name_of_the_model(string model, string expected) =>
        Assert.Equal(expected, await AppModel.Create().AddJinaEmbeddings("embeddings").WithModel(model).ConnectionStringAsync());

    [Theory]
    [InlineData("demo-en", "demo-en")]
    [InlineData("odd; name", "\"odd; name\"")]
    public async Task A_model_directory_has_the_name_of_its_folder(string folder, string expected)
    {
        using var temporary = new TemporaryFolder();
        var path = Directory.CreateDirectory(temporary.File(folder)).FullName;

        var embeddings = AppModel.Create().AddJinaEmbeddings("embeddings").WithModel(path + Path.DirectorySeparatorChar);

        Assert.Equal($"Endpoint=http://localhost:5000;Model={expected}", await embeddings.ConnectionStringAsync());
    }

    [Fact]
    public async Task A_project_gets_the_key_and_each_part_of_the_connection()
    {
        var builder = AppModel.Create("Parameters:key=secret==");
        IResourceBuilder<IResourceWithConnectionString> embeddings =
            builder.AddJinaEmbeddings("embeddings").WithApiKey(builder.AddParameter("key", secret: true));

        var expected = "Endpoint=http://localhost:5000;Key=secret==;Model=jina-embedding-s-en-v1";
        Assert.Equal(expected, await ((IResourceBuilder<JinaEmbeddingsResource>)embeddings).ConnectionStringAsync());
        var parts = embeddings.Resource.GetConnectionProperties().Select(property => property.Key);
        Assert.Equal(["Host", "Port", "Uri", "ModelName", "Key"], parts);
    }

    [Theory]
    [InlineData("short12", 7, 7)]
    [InlineData("has a space", 9, 11)]
    [InlineData("semi;colon", 9, 10)]
    [InlineData("two,keys-long", 12, 13)]
    [InlineData("schl\u00fcssel-lang", 13, 14)]
    public async Task A_key_that_cannot_be_used_is_reported_without_its_value(string key, int valid, int length)
    {
        var builder = AppModel.Create($"Parameters:key={key}");
        var embeddings = builder.AddJinaEmbeddings("embeddings").WithApiKey(builder.AddParameter("key", secret: true));

        var message = (await Assert.ThrowsAsync<DistributedApplicationException>(embeddings.EvaluateAsync)).Message;

        var beginning = $"The parameter 'key' is not an API key: it has {length} characters, of which {valid} are valid. Expected ";
        Assert.StartsWith(beginning, message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_arguments_are_rejected()
    {
        var builder = AppModel.Create();
        var embeddings = builder.AddJinaEmbeddings("embeddings");

        Assert.Throws<ArgumentException>(() => builder.AddJinaEmbeddings("not a name"));
        Assert.Throws<ArgumentException>(() => embeddings.WithModel(" "));
        var list = Assert.Throws<ArgumentException>(() => embeddings.WithModel("a,b"));
        Assert.StartsWith("'a,b' is not one model.", list.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => embeddings.WithPrecision((JinaEmbeddingsPrecision)2));
        Assert.Throws<ArgumentException>(() => embeddings.WithModelCache(""));
        Assert.Throws<ArgumentException>(() => embeddings.WithServerCommand(""));
        Assert.Throws<ArgumentNullException>(() => embeddings.WithServerCommand("dotnet", [null!]));
        Assert.Throws<ArgumentNullException>(() => embeddings.WithApiKey(null!));
    }

    private static async Task<IEnumerable<string>> ArgumentsAsync(IResourceBuilder<JinaEmbeddingsResource> builder) =>
        (await builder.EvaluateAsync()).Arguments.Select(argument => argument.Value);

    private static Dictionary<string, string> Variables(IExecutionConfigurationResult result) =>
        result.EnvironmentVariables.ToDictionary(variable => variable.Key, variable => variable.Value);
}
