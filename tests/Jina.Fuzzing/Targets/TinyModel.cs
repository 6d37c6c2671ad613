using Google.Protobuf;
using Jina.Extensions.AI.Tokenization.SentencePiece;
using Jina.RandomCheckpoints;
using Jina.Testing;

namespace Jina.Fuzzing.Targets;

/// <summary>Writes a whole model of a few kilobytes, so that most changes hit important bytes.</summary>
internal static class TinyModel
{
    private const int Pieces = 300;

    public static RandomCheckpointOptions Options { get; } = new()
    {
        VocabularySize = 4,
        HiddenSize = 2,
        LayerCount = 1,
        HeadCount = 1,
        HeadSize = 2,
        FeedForwardSize = 2,
        RelativeAttentionBuckets = 4,
        DenseSize = 2,
        Normalize = true,
    };

    /// <summary>Writes the model and returns the content of one of its files.</summary>
    public static byte[] Write(string folder, string file, RandomCheckpointOptions? options = null) =>
        File.ReadAllBytes(Path.Combine([RandomCheckpoint.Write(folder, options ?? Options), .. file.Split('/')]));

    /// <summary>Returns the first pieces of the demo model's vocabulary.</summary>
    public static byte[] SentencePieceModel(bool withReplacements)
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(RepositoryFiles.Path("models", "demo-en", "spiece.model")));
        while (model.Pieces.Count > Pieces)
        {
            model.Pieces.RemoveAt(model.Pieces.Count - 1);
        }

        if (!withReplacements)
        {
            model.NormalizerSpec.PrecompiledCharsmap = ByteString.Empty;
        }

        return model.ToByteArray();
    }
}
