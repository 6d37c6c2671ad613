using System.Runtime.InteropServices;

namespace Jina.Extensions.AI.Tests.Inference;

public sealed partial class RuntimeTelemetryTests
{
    [Fact]
    public async Task Telemetry_of_the_runtime_is_disabled_before_a_model_loads()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "On Windows, .NET sets the variable for the process.");

        await using var generator = await JinaEmbeddingGenerator.CreateAsync(
            DemoModel.Model, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("1", Marshal.PtrToStringUTF8(GetEnvironment("ORT_DISABLE_TELEMETRY")));
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnvironment(string name);
}
