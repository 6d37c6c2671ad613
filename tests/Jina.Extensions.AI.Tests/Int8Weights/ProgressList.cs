namespace Jina.Extensions.AI.Tests.Int8Weights;

/// <summary>Keeps every report, in the caller's thread.</summary>
internal sealed class ProgressList : IProgress<ModelQuantizationProgress>
{
    private readonly List<ModelQuantizationProgress> _reports = [];

    public void Report(ModelQuantizationProgress value)
    {
        lock (_reports)
        {
            _reports.Add(value);
        }
    }

    public ModelQuantizationProgress[] Take()
    {
        lock (_reports)
        {
            var reports = _reports.ToArray();
            _reports.Clear();
            return reports;
        }
    }
}
