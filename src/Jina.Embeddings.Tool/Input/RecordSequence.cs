namespace Jina.Embeddings.Tool.Input;

/// <summary>Finds records of an input by ascending indexes. One window is in memory.</summary>
internal sealed class RecordSequence(IRecordInput input)
{
    private readonly Queue<InputRecord> _window = [];

    /// <summary>Gets the number of records that were read.</summary>
    public long Count { get; private set; }

    /// <summary>Returns a record behind those of earlier calls, or <see langword="null"/> if the input ends before it.</summary>
    public async ValueTask<InputRecord?> FindAsync(long index, CancellationToken cancellationToken)
    {
        while (_window.Count > 0 || await FillAsync(cancellationToken))
        {
            if (_window.Dequeue() is var record && record.Index == index)
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>Reads the remaining records.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        do
        {
            _window.Clear();
        }
        while (await FillAsync(cancellationToken));
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        foreach (var record in await input.ReadAsync(cancellationToken))
        {
            _window.Enqueue(record);
            Count = record.Index + 1;
        }

        return _window.Count > 0;
    }
}
