using System.Globalization;
using System.Text;
using Jina.Embeddings.Tool.Input;
using Jina.Embeddings.Tool.Output;

namespace Jina.Embeddings.Tool.Batch;

/// <summary>
/// Represents an output file that is written as <c>FILE.part</c> and gets its name when it is complete. A part always contains JSON
/// lines, so that the records of a process that was killed can be counted. The lines are converted at the end.
/// </summary>
/// <remarks>A part is locked for as long as its process runs.</remarks>
internal sealed class PartFile : IByteSink, IDisposable
{
    private readonly string _path;
    private readonly FileStream _part;

    private PartFile(string path, FileStream part) => (_path, _part) = (path, part);

    /// <summary>Gets the number of records that are already in the part.</summary>
    public long Records { get; private set; }

    private string PartPath => GetPartPath(_path);

    private string SettingsPath => GetSettingsPath(_path);

    /// <summary>Opens the part of a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="shard">The shard whose records the file contains.</param>
    /// <param name="settings">The settings of the vectors.</param>
    /// <param name="resume">Whether to continue an earlier part and to accept a file that is complete.</param>
    /// <returns>The part, or <see langword="null"/> if the file is complete.</returns>
    /// <exception cref="CommandException">The file exists, another process writes it, or an earlier part has other settings.</exception>
    public static PartFile? TryOpen(string path, Shard shard, PartSettings settings, bool resume)
    {
        if (IsComplete(path, resume))
        {
            return null;
        }

        var part = new PartFile(path, OpenAlone(path));
        try
        {
            // The process that held the lock may have completed the file in the meantime.
            if (IsComplete(path, resume))
            {
                part.Dispose();
                DeleteParts(path);
                return null;
            }

            part.Begin(shard, settings, resume);
            return part;
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _part.Write(bytes);
        }
        catch (IOException e)
        {
            throw NotWritable(e);
        }
    }

    /// <summary>Converts the part to a format and gives the file its name.</summary>
    public async Task CompleteAsync(VectorFormat format, VectorLayout layout, CancellationToken cancellationToken)
    {
        try
        {
            _part.Flush(flushToDisk: true);
            if (format == VectorFormat.Jsonl)
            {
                File.Move(PartPath, _path, overwrite: true);
            }
            else
            {
                await VectorFile.WriteAsync(_path, format, layout, ReadRecords().ToAsyncEnumerable(), cancellationToken);
            }
        }
        catch (IOException e)
        {
            throw NotWritable(e);
        }

        DeleteParts(_path);
    }

    public void Dispose() => _part.Dispose();

    private static string GetPartPath(string path) => $"{path}.part";

    private static string GetSettingsPath(string path) => $"{path}.part.json";

    private static bool IsComplete(string path, bool resume)
    {
        if (Directory.Exists(path))
        {
            throw new CommandException($"{path}: This is a folder; expected a file. Give --output the name of a file.");
        }

        return File.Exists(path) && (resume ? true : throw new CommandException(
            $"{path}: The file already exists. To keep a complete file, pass --resume. To write it again, delete it."));
    }

    private static FileStream OpenAlone(string path)
    {
        var part = GetPartPath(path);
        try
        {
            return new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (DirectoryNotFoundException)
        {
            throw new CommandException($"{path}: The folder of the file does not exist. Create it first.");
        }
        catch (IOException e) when (File.Exists(part))
        {
            throw new CommandException($"{part}: Another process writes this file ({e.Message}). Wait until it ends.", ExitCode.TryAgain);
        }
    }

    private void Begin(Shard shard, PartSettings settings, bool resume)
    {
        if (resume && _part.Length > 0)
        {
            settings.ThrowIfDifferent(SettingsPath, PartPath);
            _part.SetLength(FindWholeRecords(shard));
            _part.Seek(0, SeekOrigin.End);
        }
        else
        {
            _part.SetLength(0);
            settings.Write(SettingsPath);
        }
    }

    /// <summary>Counts the whole records and returns their length in bytes. A process that was killed leaves the start of a line.</summary>
    private long FindWholeRecords(Shard shard)
    {
        var length = 0L;
        using var reader = CreateReader();
        while (reader.ReadLine() is { } line)
        {
            var end = length + Encoding.UTF8.GetByteCount(line) + 1;
            var start = string.Create(CultureInfo.InvariantCulture, $"{{\"index\":{shard.Index + (Records * shard.Count)},");
            if (end > _part.Length
                || !line.StartsWith(start, StringComparison.Ordinal)
                || !line.EndsWith("]}", StringComparison.Ordinal))
            {
                break;
            }

            Records++;
            length = end;
        }

        return length;
    }

    private IEnumerable<VectorRecord> ReadRecords()
    {
        using var reader = CreateReader();
        foreach (var record in JsonLinesVectorReader.Read(reader, PartPath))
        {
            yield return record;
        }
    }

    private StreamReader CreateReader()
    {
        _part.Position = 0;
        return new StreamReader(_part, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16, leaveOpen: true);
    }

    private static void DeleteParts(string path)
    {
        File.Delete(GetPartPath(path));
        File.Delete(GetSettingsPath(path));
    }

    private CommandException NotWritable(IOException cause) => new(
        $"{PartPath}: The output cannot be written ({cause.Message}). Whole records stay in the part. "
        + "Make room, and run the command again with --resume.",
        ExitCode.TryAgain);
}
