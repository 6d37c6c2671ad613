namespace Jina.Benchmarking;

/// <summary>Represents the times until a model has embedded its first text, from files in the system's cache, in milliseconds.</summary>
/// <param name="Total">The whole time.</param>
/// <param name="Load">The time until the model was ready to run.</param>
/// <param name="Tokenizer">The part of the load that created the tokenizer. It overlaps with the session.</param>
/// <param name="Session">The part of the load that wrote the graph and opened the session.</param>
internal readonly record struct FirstVector(double Total, double Load, double Tokenizer, double Session)
{
    /// <summary>Gets the time from the loaded model to the vector, in milliseconds.</summary>
    public double FirstRun => Total - Load;

    public static FirstVector Create(TimeSpan loaded, TimeSpan total, (TimeSpan Tokenizer, TimeSpan Session) parts) => new(
        total.TotalMilliseconds, loaded.TotalMilliseconds, parts.Tokenizer.TotalMilliseconds, parts.Session.TotalMilliseconds);
}
