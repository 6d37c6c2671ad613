using Jina.Testing;

namespace RagConsole.Tests;

/// <summary>Represents a temporary folder with three short files about different subjects.</summary>
internal sealed class WeatherDocs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public WeatherDocs()
    {
        File.WriteAllText(_folder.File("rain.md"), "# Rain\n\nEmpty the funnel of the rain gauge every morning.\n");
        File.WriteAllText(
            _folder.File("wind.txt"),
            "The anemometer turns with its three cups.\n\nOil the bearing of the anemometer twice a year.\n");
        Directory.CreateDirectory(_folder.File("more"));
        File.WriteAllText(
            _folder.File("more", "battery.markdown"),
            "A lithium battery lasts two winters; charge it in a warm room.\n");
    }

    public string Path => _folder.Path;

    public void Dispose() => _folder.Dispose();
}
