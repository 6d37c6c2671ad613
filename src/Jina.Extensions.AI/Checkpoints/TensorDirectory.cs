namespace Jina.Extensions.AI.Checkpoints;

/// <summary>The tensors that a weight file, or a set of shards, declares.</summary>
/// <param name="path">The file that declares them, for messages.</param>
internal sealed class TensorDirectory(string path)
{
    private readonly Dictionary<string, TensorEntry> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _unusable = new(StringComparer.Ordinal);

    public string Path { get; } = path;

    /// <summary>The tensors that could be used, by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors => _tensors;

    /// <summary>All names, those of unusable tensors among them.</summary>
    public IEnumerable<string> Names => _tensors.Keys.Concat(_unusable.Keys);

    public bool Contains(string name) => _tensors.ContainsKey(name) || _unusable.ContainsKey(name);

    public void Add(TensorEntry tensor) => _tensors[tensor.Name] = tensor;

    /// <summary>Notes a tensor that is an error only if somebody needs it.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="problem">What it is and what is expected: follows the name in a sentence.</param>
    public void AddUnusable(string name, string problem) => _unusable[name] = problem;

    /// <summary>Copies one tensor of another directory under a name of its own.</summary>
    public void AddFrom(TensorDirectory other, string otherName, string name)
    {
        if (other._tensors.TryGetValue(otherName, out var tensor))
        {
            Add(tensor with { Name = name });
        }
        else
        {
            AddUnusable(name, other._unusable[otherName]);
        }
    }

    /// <summary>Returns a tensor that the model cannot do without.</summary>
    public TensorEntry Require(string name) =>
        _tensors.TryGetValue(name, out var tensor) ? tensor
        : _unusable.TryGetValue(name, out var problem) ? throw new JinaModelException(Path, $"{name} {problem}.")
        : throw new JinaModelException(
            Path, $"the weight {name} is missing among the {_tensors.Count} found. Download the weights and config.json of one revision again.");
}
