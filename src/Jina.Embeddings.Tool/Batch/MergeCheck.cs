using System.Globalization;
using Jina.Embeddings.Tool.Input;

namespace Jina.Embeddings.Tool.Batch;

/// <summary>Checks that merged vectors contain each record of the input once.</summary>
/// <param name="input">The input, or <see langword="null"/> if it is not compared.</param>
/// <param name="type">The type of the components.</param>
internal sealed class MergeCheck(RecordSequence? input, EmbeddingType type)
{
    private readonly IdSet _ids = new();
    private readonly Fault _missing = new("missing");
    private readonly Fault _repeated = new("repeated");
    private readonly Fault _otherId = new("with another ID than in the input");
    private readonly Fault _repeatedId = new("with the ID of an earlier record");
    private readonly Fault _otherKindOfId = new("with or without an ID, unlike the first");
    private readonly Fault _otherType = new($"with components that are not those of --embedding-type {type.ToString().ToLowerInvariant()}");
    private readonly Fault _otherLength = new("with another number of components than the first");
    private long _count;
    private VectorRecord? _first;

    /// <summary>Checks the next record, in the order of the indexes.</summary>
    public async ValueTask AddAsync(VectorRecord record, CancellationToken cancellationToken)
    {
        if (record.Index < _count)
        {
            _repeated.Add(record.Index);
            return;
        }

        AddMissing(record.Index);
        _count = record.Index + 1;
        var expected = input is null ? null : await input.FindAsync(record.Index, cancellationToken);
        if (expected?.Id is { } id && id != record.Id)
        {
            _otherId.Add(record.Index);
        }

        if (record.Id is not null && !_ids.Add(record.Id))
        {
            _repeatedId.Add(record.Index);
        }

        _first ??= record;
        if (_first.Value.Components.Length != record.Components.Length)
        {
            _otherLength.Add(record.Index);
        }

        if (_first.Value.Id is null != record.Id is null)
        {
            _otherKindOfId.Add(record.Index);
        }

        if (!IsOfType(record.Components.Span))
        {
            _otherType.Add(record.Index);
        }
    }

    /// <summary>Checks that the last record was the last one of the input.</summary>
    /// <param name="count">The expected number of records. If <see langword="null"/>, that of the input, if there is one.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The properties of the vectors, which are those of the first one.</returns>
    /// <exception cref="CommandException">A record is missing, repeated or different. The message names all kinds of faults.</exception>
    public async Task<VectorLayout> CompleteAsync(long? count, CancellationToken cancellationToken)
    {
        if (input is not null)
        {
            await input.FinishAsync(cancellationToken);
        }

        var total = count ?? input?.Count ?? _count;
        AddMissing(total);
        Fault[] all = [_missing, _repeated, _otherId, _repeatedId, _otherKindOfId, _otherType, _otherLength];
        var faults = all.Where(fault => fault.Count > 0).Select(fault => fault.ToString()).ToList();
        if (_count > total)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"the parts have {_count:N0} records, expected {total:N0}"));
        }

        return faults.Count == 0
            ? new VectorLayout(_count, _first?.Components.Length ?? 0, HasIds: _first?.Id is not null, type)
            : throw new CommandException(
                $"The file was not written: {string.Join("; ", faults)}. Pass each part once. "
                + "For missing records, run embed with --resume.");
    }

    private void AddMissing(long end)
    {
        if (end > _count)
        {
            _missing.Add(_count, end - _count);
        }
    }

    private bool IsOfType(ReadOnlySpan<float> components) => type switch
    {
        EmbeddingType.Int8 => AreIntegers(components, -127, 127),
        EmbeddingType.Binary => AreIntegers(components, 0, 255),
        _ => true,
    };

    private static bool AreIntegers(ReadOnlySpan<float> components, int least, int greatest)
    {
        foreach (var component in components)
        {
            if (!float.IsInteger(component) || component < least || component > greatest)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Counts the records with a fault and keeps the first indexes for the message.</summary>
    private sealed class Fault(string name)
    {
        private const int MaxShown = 5;

        private readonly List<long> _first = [];

        public long Count { get; private set; }

        public void Add(long index, long count = 1)
        {
            Count += count;
            for (var next = index; next < index + count && _first.Count < MaxShown; next++)
            {
                _first.Add(next);
            }
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Count:N0} records {name} (index {string.Join(", ", _first)}{(Count > _first.Count ? ", ..." : "")})");
    }
}
