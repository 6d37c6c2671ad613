using Jina.Fuzzing.Mutations;

namespace Jina.Fuzzing.Targets;

/// <summary>Reads files of extreme lengths. An input's first byte is the number of the format.</summary>
internal sealed class LengthsTarget : FuzzTarget
{
    private readonly FuzzTarget[] _readers =
        [new SafetensorsTarget(), new PickleTarget(), new TorchTarget(), new JsonTarget("config", ["config.json"]), new SpieceTarget()];

    private readonly byte[] _weights;
    private readonly byte[] _config;
    private readonly byte[] _pieces = TinyModel.SentencePieceModel(withReplacements: false);

    public LengthsTarget()
    {
        _weights = TinyModel.Write(Folder, "model.safetensors");
        _config = System.IO.File.ReadAllBytes(File("config.json"));
    }

    public override string Name => "lengths";

    /// <inheritdoc/>
    /// <remarks>A pickle makes a dictionary of 80 bytes from one byte, and JSON has an entry of 12 bytes for each number.</remarks>
    public override int AllowedPerByte => 200;

    public override byte[] Make(Random random)
    {
        var format = random.Next(_readers.Length);
        byte[] input = format switch
        {
            0 => LengthMaker.Safetensors(random, _weights),
            1 => LengthMaker.Pickle(random),
            2 => LengthMaker.Zip(random),
            3 => [0, .. LengthMaker.Settings(random, _config)],
            _ => LengthMaker.SentencePiece(random, _pieces),
        };
        return [(byte)format, .. input];
    }

    public override void Read(byte[] input) => _readers[input[0] % _readers.Length].Read(input[1..]);

    protected override void Dispose(bool disposing)
    {
        foreach (var reader in _readers)
        {
            reader.Dispose();
        }

        base.Dispose(disposing);
    }
}
