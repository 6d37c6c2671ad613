using System.Text;
using Jina.Extensions.AI.Checkpoints.Tensors;
using Jina.Extensions.AI.Files;

namespace Jina.Extensions.AI.Checkpoints.Torch;

/// <summary>
/// Reads the tensors of a file that torch.save wrote: a zip archive of stored entries, in which data.pkl describes the tensors and
/// data/0, data/1, … contain their elements.
/// </summary>
internal static class TorchFile
{
    // A thousand tensors take about 200 KB. The limit bounds the memory that a malicious pickle can make this process allocate.
    private const int MaximumPickle = 1 << 20;
    private const string PickleName = "data.pkl";

    public static TensorDirectory Read(BoundedFile file)
    {
        RejectOtherFormats(file);
        var zip = ZipDirectory.Read(file);
        var root = Root(file, zip);
        RequireLittleEndian(file, zip, root);
        var directory = new TensorDirectory(file.Path);
        foreach (var (name, value) in StateDictionary(file, zip, root))
        {
            if (value is TorchTensor tensor)
            {
                AddTensor(directory, file, zip, root, name, tensor);
            }
        }

        return directory;
    }

    private static void RejectOtherFormats(BoundedFile file)
    {
        ReadOnlySpan<byte> head = file.Read(0, (int)Math.Min(4, file.Length));
        if (head.SequenceEqual("PK\x03\x04"u8))
        {
            return;
        }

        throw new JinaModelException(
            file.Path,
            head.Length > 1 && head[0] == (byte)PickleOpcode.Proto
                ? "This is a torch file of the legacy, non-zip format; the zip format is expected. "
                    + "Load it once with torch 1.6 or later and save it again with torch.save, or as model.safetensors."
                : $"The file begins with the bytes {Convert.ToHexString(head)}; "
                    + "a zip archive (504B0304), as torch.save writes, is expected. Download it again.");
    }

    private static string Root(BoundedFile file, ZipDirectory zip)
    {
        var pickles = zip.Names.Where(n => n.EndsWith("/" + PickleName, StringComparison.Ordinal)).Take(2).ToArray();
        return pickles is [var pickle]
            ? pickle[..^PickleName.Length]
            : throw new JinaModelException(
                file.Path,
                $"The zip archive contains {(pickles.Length == 0 ? "no" : "more than one")} {PickleName}; "
                + "exactly one is expected, as torch.save writes. Download the file again.");
    }

    private static void RequireLittleEndian(BoundedFile file, ZipDirectory zip, string root)
    {
        if (zip.Contains(root + "byteorder")
            && Encoding.UTF8.GetString(ReadEntry(file, zip, root + "byteorder", 16)) is var order and not "little")
        {
            throw new JinaModelException(
                file.Path, $"The byteorder is '{order}'; little is expected. Save the checkpoint again on a little-endian machine.");
        }
    }

    private static Dictionary<string, object?> StateDictionary(BoundedFile file, ZipDirectory zip, string root)
    {
        try
        {
            return PickleReader.Read(ReadEntry(file, zip, root + PickleName, MaximumPickle)) as Dictionary<string, object?>
                ?? throw new FormatException("it does not produce a dictionary of weights");
        }
        catch (FormatException e)
        {
            throw new JinaModelException(
                file.Path,
                $"{root}{PickleName} is not that of a plain state dict: {e.Message}. "
                + "Save the model's state_dict() alone with torch.save, or use a safetensors file.",
                e);
        }
    }

    private static void AddTensor(
        TensorDirectory directory, BoundedFile file, ZipDirectory zip, string root, string name, TorchTensor tensor)
    {
        if (ElementTypes.FromTorch(tensor.Storage.TypeName) is not { } type)
        {
            directory.AddUnusable(
                name,
                $"is stored as a {tensor.Storage.TypeName}; FloatStorage, HalfStorage or BFloat16Storage is expected. "
                + "Convert the checkpoint to float32");
            return;
        }

        if (!TensorLayout.IsDense(tensor.Shape, tensor.Strides))
        {
            directory.AddUnusable(
                name,
                $"is a view with gaps or overlaps (shape {TensorLayout.Describe(tensor.Shape)}, "
                + $"strides {TensorLayout.Describe(tensor.Strides)}); "
                + "a whole tensor is expected. Save its contiguous() copy");
            return;
        }

        var entry = $"{root}data/{tensor.Storage.Key}";
        var (offset, length) = zip.Locate(entry);
        if (tensor.Storage.ElementCount > length / type.Size())
        {
            throw new JinaModelException(
                file.Path,
                $"The zip entry {entry} has {length} bytes, "
                + $"but its {tensor.Storage.TypeName} of {tensor.Storage.ElementCount} elements needs more. Download the file again.");
        }

        // The view is inside the storage and the storage inside its entry, so the products cannot overflow.
        var bytes = TensorLayout.ElementCount(tensor.Shape)!.Value * type.Size();
        directory.Add(new TensorEntry(name, file.Path, offset + (tensor.Offset * type.Size()), bytes, type, tensor.Shape, tensor.Strides));
    }

    private static byte[] ReadEntry(BoundedFile file, ZipDirectory zip, string name, int limit)
    {
        var (offset, length) = zip.Locate(name);
        return length <= limit
            ? file.Read(offset, (int)length)
            : throw new JinaModelException(
                file.Path, $"The zip entry {name} has {length} bytes; at most {limit} are expected. Download the file again.");
    }
}
