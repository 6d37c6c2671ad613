using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Jina.VectorData.Sqlite.Quantization;

/// <summary>Represents a vector as int8 components, their scale, its norm, the norm of the rounding error, and a checksum.</summary>
/// <param name="bytes">The components, followed by three floats and the checksum. The file and the memory have the same bytes.</param>
internal readonly ref struct Int8Code(ReadOnlySpan<byte> bytes)
{
    private const int FigureBytes = 4 * sizeof(float);
    private const int MaxComponent = 127;

    /// <summary>The components that are rounded at once, on the stack.</summary>
    private const int PieceLength = 1024;

    /// <summary>The norms for which no product or square in the bounds is too large or too small for a float.</summary>
    private const float MinNorm = 1e-12f;
    private const float MaxNorm = 1e12f;

    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public ReadOnlySpan<sbyte> Components => MemoryMarshal.Cast<byte, sbyte>(Bytes[..^FigureBytes]);

    public float Scale => Figures[0];

    /// <summary>Gets the norm as a scan of floats computes it.</summary>
    public float Norm => Figures[1];

    /// <summary>Gets the norm of the rounding error, rounded up; infinity if the vector must be compared as floats.</summary>
    public float Error => Figures[2];

    /// <summary>Returns the length of a code in bytes.</summary>
    public static int Length(int dimensions) => dimensions + FigureBytes;

    /// <summary>Determines whether bounds can be computed for a vector with a norm.</summary>
    public static bool IsOrdinary(float norm) => norm is >= MinNorm and <= MaxNorm;

    /// <summary>Writes the code of a vector with finite components.</summary>
    /// <param name="id">The row ID, which is part of the checksum, so that a code of another row is also detected.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="code">The memory for the code: exactly its length.</param>
    public static void Write(long id, ReadOnlySpan<float> vector, Span<byte> code)
    {
        var norm = TensorPrimitives.Norm(vector);
        var largest = Math.Abs(TensorPrimitives.MaxMagnitude(vector));
        var components = MemoryMarshal.Cast<byte, sbyte>(code[..vector.Length]);
        var (scale, error) = (0f, largest == 0 ? 0 : float.PositiveInfinity);
        if (IsOrdinary(norm))
        {
            scale = largest / MaxComponent;
            error = RoundUp(Round(vector, scale, components), norm, vector.Length);
        }
        else
        {
            components.Clear();
        }

        MemoryMarshal.AsBytes<float>([scale, norm, error]).CopyTo(code[vector.Length..]);
        MemoryMarshal.Write(code[^sizeof(uint)..], Checksum(id, code));
    }

    /// <summary>Determines whether bytes are the code that was written for a row.</summary>
    public static bool IsIntact(long id, ReadOnlySpan<byte> code, int dimensions) =>
        code.Length == Length(dimensions) && MemoryMarshal.Read<uint>(code[^sizeof(uint)..]) == Checksum(id, code);

    /// <summary>Rounds a vector to multiples of a scale, and returns the norm of the difference.</summary>
    private static float Round(ReadOnlySpan<float> vector, float scale, Span<sbyte> components)
    {
        Span<float> buffer = stackalloc float[PieceLength];
        var squares = 0f;
        for (var start = 0; start < vector.Length; start += PieceLength)
        {
            var piece = vector.Slice(start, Math.Min(PieceLength, vector.Length - start));
            var rounded = buffer[..piece.Length];
            TensorPrimitives.Divide(piece, scale, rounded);
            TensorPrimitives.Round(rounded, rounded);
            Narrow(rounded, components.Slice(start, piece.Length));
            TensorPrimitives.MultiplyAdd(rounded, -scale, piece, rounded);
            squares += TensorPrimitives.SumOfSquares<float>(rounded);
        }

        return MathF.Sqrt(squares);
    }

    /// <summary>Converts whole numbers. <see cref="TensorPrimitives"/> converts to this type one by one.</summary>
    private static void Narrow(ReadOnlySpan<float> numbers, Span<sbyte> narrow)
    {
        while (numbers.Length >= Vector512<sbyte>.Count)
        {
            var low = Vector512.Narrow(Integers(numbers), Integers(numbers[16..]));
            var high = Vector512.Narrow(Integers(numbers[32..]), Integers(numbers[48..]));
            Vector512.Narrow(low, high).CopyTo(narrow);
            numbers = numbers[64..];
            narrow = narrow[64..];
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            narrow[i] = (sbyte)numbers[i];
        }

        static Vector512<int> Integers(ReadOnlySpan<float> numbers) => Vector512.ConvertToInt32Native(Vector512.Create(numbers));
    }

    /// <summary>Adds the rounding of the arithmetic with floats: at most 2^-24 of each number, for each of n sums.</summary>
    private static float RoundUp(float error, float norm, int n) =>
        MathF.BitIncrement((float)((error * (1 + (n * Math.Pow(2, -22)))) + (norm * Math.Pow(2, -22))));

    private static uint Checksum(long id, ReadOnlySpan<byte> code)
    {
        var covered = code[..^sizeof(uint)];
        var words = MemoryMarshal.Cast<byte, ulong>(covered);
        var sum = BitOperations.Crc32C(uint.MaxValue, (ulong)id);
        foreach (var word in words)
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (var rest in covered[(words.Length * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, rest);
        }

        return sum;
    }

    private ReadOnlySpan<float> Figures => MemoryMarshal.Cast<byte, float>(Bytes[^FigureBytes..]);
}
