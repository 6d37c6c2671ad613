using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Jina.Extensions.AI.Inference;

/// <summary>
/// Disables the telemetry of ONNX Runtime, whose official builds report on the machine and its models. This library promises that
/// no data leaves the process. If the environment variable <c>ORT_DISABLE_TELEMETRY</c> is set, its value is not changed.
/// </summary>
internal static partial class RuntimeTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    private static readonly Lazy<bool> Disabled = new(DisableOnce);

    /// <summary>Disables telemetry. It must be called before the first use of the runtime. Later calls have no effect.</summary>
    public static void Disable() => _ = Disabled.Value;

    private static bool DisableOnce()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            return false;
        }

        // The runtime reads the variable at its start. Except on Windows, .NET does not pass variables that it sets to native code.
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows())
        {
            _ = SetEnvironment(Variable, "1", overwrite: 0);
        }

        // If the app has already started the runtime, this stops further events.
        OrtEnv.Instance().DisableTelemetryEvents();
        return true;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
