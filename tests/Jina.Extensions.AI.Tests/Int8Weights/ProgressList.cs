namespace Jina.Extensions.AI.Tests.Int8Weights;

/// <summary>Records every report, in the caller's thread.</summary>
internal sealed class ProgressList : IProgress<WeightQuantizationProgress>
{
    private readonly List<WeightQuantizationProgress> _reports = [];

    public void Report(WeightQuantizationProgress value)
    {
        lock (_reports)
        {
            _reports.Add(value);
        }
    }

    public WeightQuantizationProgress[] Take()
    {
        lock (_reports)
        {
            var reports = _reports.ToArray();
            _reports.Clear();
            return reports;
        }
    }
}
