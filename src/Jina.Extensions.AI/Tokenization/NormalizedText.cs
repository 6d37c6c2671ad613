using System.Buffers;
using System.Runtime.CompilerServices;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>Normalised UTF-16 in a pooled buffer, with the way back to the original text where that is wanted.</summary>
internal ref struct NormalizedText
{
    private char[] _chars;
    private int[]? _origins;

    public NormalizedText(int capacity, bool withOrigins)
    {
        _chars = ArrayPool<char>.Shared.Rent(capacity);
        _origins = withOrigins ? ArrayPool<int>.Shared.Rent(_chars.Length + 1) : null;
    }

    /// <summary>Gets the number of chars written.</summary>
    public int Length { get; private set; }

    /// <summary>Gets a value indicating whether the normaliser stopped before the end of its input.</summary>
    public bool Partial { get; private set; }

    public readonly ReadOnlySpan<char> Chars => _chars.AsSpan(0, Length);

    /// <summary>Where in the original the char at an index begins; at <see cref="Length"/>, where the last one ends.</summary>
    public readonly int OriginOf(int index) => _origins![index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(char value, int origin)
    {
        if (Length == _chars.Length)
        {
            Grow();
        }

        _chars[Length] = value;
        if (_origins is not null)
        {
            _origins[Length] = origin;
        }

        Length++;
    }

    /// <summary>Marks the text as partial and ends it.</summary>
    public void StopAt(int origin)
    {
        Partial = true;
        EndAt(origin);
    }

    /// <summary>Notes where in the original the last char ends.</summary>
    public readonly void EndAt(int origin)
    {
        if (_origins is not null)
        {
            _origins[Length] = origin;
        }
    }

    /// <summary>Removes every trailing <paramref name="value"/>; the text then ends where the first of them began.</summary>
    public void TrimEnd(char value) => Length = Chars.TrimEnd(value).Length;

    public readonly void Dispose()
    {
        ArrayPool<char>.Shared.Return(_chars);
        if (_origins is not null)
        {
            ArrayPool<int>.Shared.Return(_origins);
        }
    }

    private void Grow()
    {
        Replace(ref _chars, checked(Length * 2), Length);
        if (_origins is not null)
        {
            Replace(ref _origins, _chars.Length + 1, Length);
        }
    }

    private static void Replace<T>(ref T[] array, int capacity, int length)
    {
        var larger = ArrayPool<T>.Shared.Rent(capacity);
        array.AsSpan(0, length).CopyTo(larger);
        ArrayPool<T>.Shared.Return(array);
        array = larger;
    }
}
