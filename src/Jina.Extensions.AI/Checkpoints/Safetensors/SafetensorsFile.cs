using System.Buffers.Binary;
using System.Text.Json;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Checkpoints.Safetensors;

/// <summary>Reads the header of a safetensors file: a length (8 bytes), a JSON object of tensors, then the data.</summary>
internal static class SafetensorsFile
{
    // The header of a T5 encoder has about 30,000 bytes. The format allows 100 MB, which would take gigabytes of memory.
    private const int MaximumHeader = 8 << 20;

    // A weight of T5 has two axes.
    private const int MaximumAxes = 32;

    /// <param name="file">The file to read.</param>
    /// <param name="int8">Whether int8 tensors are usable. They are, only in the file that this library writes.</param>
    public static TensorDirectory Read(BoundedFile file, bool int8 = false)
    {
        if (file.Length < 8)
        {
            throw Damaged(file, $"the header needs at least 8 bytes, but the file has {file.Length}");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(file.Read(0, 8));
        if (length > MaximumHeader || (long)length > file.Length - 8)
        {
            throw Damaged(
                file,
                $"the first 8 bytes declare a header of {length} bytes; "
                + $"at most {Math.Min(MaximumHeader, file.Length - 8)} are possible in this file");
        }

        var header = JsonText.Parse(file.Read(8, (int)length), JsonValueKind.Object, file.Path, "The safetensors header");
        var directory = new TensorDirectory(file.Path);
        var ranges = new List<(long Begin, long End, string Name)>();
        foreach (var property in header.EnumerateObject().Where(p => p.Name != "__metadata__"))
        {
            if (directory.Contains(property.Name))
            {
                throw Damaged(file, $"the header names the tensor {PrintableText.Name(property.Name)} twice");
            }

            var (begin, end) = AddTensor(directory, file, property, 8 + (long)length, int8);
            ranges.Add((begin, end, property.Name));
        }

        RequireWholeData(file, ranges, file.Length - 8 - (long)length);
        return directory;
    }

    private static (long Begin, long End) AddTensor(
        TensorDirectory directory, BoundedFile file, JsonProperty property, long dataStart, bool int8)
    {
        var name = property.Name;
        var shown = PrintableText.Name(name);
        var type = Member(file, property, "dtype", JsonValueKind.String).GetString()!;
        var shape = Integers(file, property, "shape");
        var range = Integers(file, property, "data_offsets");
        var available = file.Length - dataStart;
        if (range is not [var begin, var end] || begin > end)
        {
            throw Damaged(file, $"the data_offsets of {shown} are [{string.Join(", ", range)}]; a begin and an end are expected");
        }

        if (end > available)
        {
            throw Damaged(
                file,
                $"{shown} ends at byte {end} of the data, which has {available} bytes, so the file is truncated or its header is wrong");
        }

        if (ElementTypes.FromSafetensors(type, int8) is not { } elementType)
        {
            directory.AddUnusable(
                name,
                $"is of type {PrintableText.Name(type)}; F32, F16 or BF16 is expected. Convert the checkpoint to one of them");
            return (begin, end);
        }

        if (TensorLayout.ByteLength(shape, elementType) is var needed && needed != end - begin)
        {
            throw Damaged(
                file,
                $"{shown} has {end - begin} bytes, but its shape {TensorLayout.Describe(shape)} of {type} needs "
                + (needed?.ToString() ?? "more than a file can hold"));
        }

        directory.Add(new TensorEntry(
            name, file.Path, dataStart + begin, end - begin, elementType, shape, TensorLayout.RowMajorStrides(shape)));
        return (begin, end);
    }

    // The format allows neither gaps nor data after the last tensor, so that a file cannot also be valid in another format.
    private static void RequireWholeData(BoundedFile file, List<(long Begin, long End, string Name)> ranges, long available)
    {
        ranges.Sort(static (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        var (end, last) = (0L, "the header");
        foreach (var range in ranges)
        {
            if (range.Begin != end)
            {
                throw Damaged(
                    file,
                    range.Begin < end
                        ? $"the data of {last} and {PrintableText.Name(range.Name)} overlap"
                        : $"{range.Begin - end} bytes between {last} and {PrintableText.Name(range.Name)} do not belong to a tensor");
            }

            (end, last) = (range.End, PrintableText.Name(range.Name));
        }

        if (end != available)
        {
            throw Damaged(file, $"{available - end} bytes after {last} do not belong to a tensor");
        }
    }

    private static long[] Integers(BoundedFile file, JsonProperty tensor, string key)
    {
        var array = Member(file, tensor, key, JsonValueKind.Array);
        if (array.GetArrayLength() > MaximumAxes)
        {
            throw Damaged(
                file,
                $"the {key} of {PrintableText.Name(tensor.Name)} has {array.GetArrayLength()} numbers; at most {MaximumAxes} are expected");
        }

        var values = new long[array.GetArrayLength()];
        var count = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out values[count]) || values[count++] < 0)
            {
                throw Damaged(
                    file,
                    $"the {key} of {PrintableText.Name(tensor.Name)} contains {PrintableText.Name(item.GetRawText())}; integers of at "
                    + "least 0 are expected");
            }
        }

        return values;
    }

    private static JsonElement Member(BoundedFile file, JsonProperty tensor, string key, JsonValueKind kind) =>
        tensor.Value.ValueKind == JsonValueKind.Object && tensor.Value.TryGetProperty(key, out var value) && value.ValueKind == kind
            ? value
            : throw Damaged(file, $"the header's entry for {PrintableText.Name(tensor.Name)} has no {key} of kind {kind}");

    private static JinaModelException Damaged(BoundedFile file, string problem) =>
        new(file.Path, $"Not a valid safetensors file: {problem}. Download it again.");
}
