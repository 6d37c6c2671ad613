namespace Jina.Extensions.AI.Checkpoints.Torch;

/// <summary>Represents the stack of the pickle machine. A mark hides the values below it.</summary>
internal sealed class PickleStack
{
    // Python's pickler sets at most 1000 items at a time, so a real pickle stays far below this limit.
    private const int MaximumDepth = 100_000;

    private readonly List<object?> _values = [];
    private readonly Stack<int> _marks = [];

    private int Floor => _marks.TryPeek(out var mark) ? mark : 0;

    public void Push(object? value)
    {
        if (_values.Count == MaximumDepth)
        {
            throw new FormatException($"the stack grows beyond {MaximumDepth} values");
        }

        _values.Add(value);
    }

    public void Mark()
    {
        if (_marks.Count == MaximumDepth)
        {
            throw new FormatException($"the stack grows beyond {MaximumDepth} marks");
        }

        _marks.Push(_values.Count);
    }

    public object? Peek() => _values.Count > Floor ? _values[^1] : throw Empty();

    public object? Pop() => Pop(1)[0];

    /// <summary>Removes the topmost values and returns them in the order in which they were pushed.</summary>
    public object?[] Pop(int count) => _values.Count - Floor >= count ? RemoveFrom(_values.Count - count) : throw Empty();

    public object?[] PopToMark() =>
        _marks.TryPop(out var mark) ? RemoveFrom(mark) : throw new FormatException("values up to a mark are needed, but no mark is set");

    private static FormatException Empty() => new("a value is needed, but the stack is empty");

    private object?[] RemoveFrom(int from)
    {
        var values = _values.GetRange(from, _values.Count - from).ToArray();
        _values.RemoveRange(from, values.Length);
        return values;
    }
}
