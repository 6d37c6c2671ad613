using System.Runtime.InteropServices;

namespace Jina.Extensions.AI.Tests.Inference;

public sealed partial class RuntimeTelemetryTests
{
    [Fact]
    public async Task The_runtime_is_told_to_be_silent_before_a_model_loads()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the variable is that of .NET itself.");

        await using var generator = await JinaEmbeddingGenerator.CreateAsync(DemoModel.Model, TestContext.Current.CancellationToken);

        Assert.Equal("1", Marshal.PtrToStringUTF8(GetEnvironment("ORT_DISABLE_TELEMETRY")));
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnvironment(string name);
}
