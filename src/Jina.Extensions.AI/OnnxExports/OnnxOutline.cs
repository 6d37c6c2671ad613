namespace Jina.Extensions.AI.OnnxExports;

/// <summary>Represents the contents of an export without its weights.</summary>
internal sealed class OnnxOutline
{
    public bool HasGraph { get; set; }

    public int OpsetCount { get; set; }

    public int NodeCount { get; set; }

    /// <summary>Gets the inputs of the outermost graph. Old files list their weights among them.</summary>
    public List<GraphValue> Inputs { get; } = [];

    public List<GraphValue> Outputs { get; } = [];

    /// <summary>Gets the names of the outermost graph's weights.</summary>
    public HashSet<string> Weights { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets all tensors, including those in attributes and inner graphs.</summary>
    public List<OnnxTensor> Tensors { get; } = [];
}
