namespace Jina.Extensions.AI.Checkpoints.Tensors;

/// <summary>Represents the tensors that a weight file or a set of shards declares.</summary>
/// <param name="path">The file that declares them, for messages.</param>
internal sealed class TensorDirectory(string path)
{
    private readonly Dictionary<string, TensorEntry> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _unusable = new(StringComparer.Ordinal);

    public string Path { get; } = path;

    /// <summary>Gets the usable tensors by name.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Tensors => _tensors;

    /// <summary>Gets all names, including those of unusable tensors.</summary>
    public IEnumerable<string> Names => _tensors.Keys.Concat(_unusable.Keys);

    public bool Contains(string name) => _tensors.ContainsKey(name) || _unusable.ContainsKey(name);

    public void Add(TensorEntry tensor) => _tensors[tensor.Name] = tensor;

    /// <summary>Adds a tensor that is an error only if it is required.</summary>
    /// <param name="name">The tensor's name.</param>
    /// <param name="problem">The problem and the expectation. It follows the name in a sentence.</param>
    public void AddUnusable(string name, string problem) => _unusable[name] = problem;

    /// <summary>Copies a tensor of another directory under a new name.</summary>
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

    /// <summary>Returns a tensor that the model needs.</summary>
    /// <exception cref="JinaModelException">The tensor is missing or unusable.</exception>
    public TensorEntry Require(string name)
    {
        if (_tensors.TryGetValue(name, out var tensor))
        {
            return tensor;
        }

        throw new JinaModelException(
            Path,
            _unusable.TryGetValue(name, out var problem)
                ? $"{name} {problem}."
                : $"The weight {name} is missing among the {_tensors.Count} found. "
                    + "Download the weights and config.json of one revision again.");
    }

    /// <summary>Returns a tensor that the model needs in this shape.</summary>
    /// <exception cref="JinaModelException">The tensor is missing, unusable, or has another shape.</exception>
    public TensorEntry Require(string name, params long[] shape)
    {
        var tensor = Require(name);
        return tensor.Shape.SequenceEqual(shape)
            ? tensor
            : throw new JinaModelException(
                tensor.File,
                $"{name} has the shape {TensorLayout.Describe(tensor.Shape)}; {TensorLayout.Describe(shape)} is expected "
                + "from the config and the other weights. Use files of the same revision of the model.");
    }
}
