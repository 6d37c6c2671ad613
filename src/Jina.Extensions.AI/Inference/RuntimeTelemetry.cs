using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Inference;

/// <summary>
/// Keeps ONNX Runtime, whose official builds report on the machine and its models to their maker, from doing so: this
/// library promises that nothing leaves the process. Whoever sets <c>ORT_DISABLE_TELEMETRY</c> decides for themselves.
/// </summary>
internal static partial class RuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<bool> Silenced = new(Silence);

    /// <summary>To be called before the runtime is used for the first time; later calls do nothing.</summary>
    public static void SwitchOff() => _ = Silenced.Value;

    private static bool Silence()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            return false;
        }

        // The runtime reads the variable when it starts, and elsewhere than on Windows .NET keeps variables it sets to itself.
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows())
        {
            _ = SetEnvironment(Variable, "1", overwrite: 0);
        }

        // Where the app has started the runtime before us, this still stops what it would report.
        OrtEnv.Instance().DisableTelemetryEvents();
        return true;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
