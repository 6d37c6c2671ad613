using Google.Protobuf;
using Jina.Extensions.AI.Tokenization.SentencePiece;
using Microsoft.ML.Tokenizers;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>Reads a SentencePiece model and refuses, by name, what T5 does not use.</summary>
internal sealed class SentencePieceModelFile
{
    private const string NextStep = "Use the spiece.model that comes with the T5 model, downloaded again if need be.";

    // A second trainer_spec holding bos_id = 0. Protobuf merges it into the first: the library cannot open a model
    // without a beginning-of-sentence piece, which T5 does not have, and it is never told to add one.
    private static readonly byte[] BosIdZero = [0x12, 0x03, 0xC8, 0x02, 0x00];

    private readonly string _path;
    private readonly byte[] _bytes;

    private SentencePieceModelFile(string path, byte[] bytes, ModelProto proto)
    {
        _path = path;
        _bytes = bytes;
        Proto = proto;
    }

    /// <summary>Gets the parsed and checked model.</summary>
    public ModelProto Proto { get; }

    /// <summary>Parses and checks a model; <paramref name="path"/> only names it in errors.</summary>
    public static SentencePieceModelFile Read(string path, byte[] bytes)
    {
        ModelProto proto;
        try
        {
            proto = ModelProto.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new JinaModelException(path, $"This is not a whole SentencePiece model: {exception.Message} {NextStep}", exception);
        }

        if (Problem(proto) is { } problem)
        {
            throw new JinaModelException(path, $"{problem} {NextStep}");
        }

        return new SentencePieceModelFile(path, bytes, proto);
    }

    /// <summary>Parses the normaliser's table of replacements.</summary>
    public PrecompiledCharsmap ReadCharsmap() =>
        PrecompiledCharsmap.TryRead(Proto.NormalizerSpec.PrecompiledCharsmap.Span)
        ?? throw new JinaModelException(_path, $"The normaliser's precompiled_charsmap is damaged: its trie and strings do not fit its {Proto.NormalizerSpec.PrecompiledCharsmap.Length} bytes. {NextStep}");

    /// <summary>Builds the library's tokenizer of the same model.</summary>
    public SentencePieceTokenizer CreateTokenizer()
    {
        byte[] model = Proto.TrainerSpec.BosId < 0 ? [.. _bytes, .. BosIdZero] : _bytes;
        using var stream = new MemoryStream(model, writable: false);
        try
        {
            return SentencePieceTokenizer.Create(stream, addBeginningOfSentence: false, addEndOfSentence: false);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or IndexOutOfRangeException or InvalidProtocolBufferException)
        {
            throw new JinaModelException(_path, $"Its pieces cannot be indexed: {exception.Message} {NextStep}", exception);
        }
    }

    private static string? Problem(ModelProto proto)
    {
        var trainer = proto.TrainerSpec;
        if (proto.Pieces.Count == 0 || trainer is null || proto.NormalizerSpec is null)
        {
            return $"Found {proto.Pieces.Count} pieces, {(trainer is null ? "no" : "a")} trainer_spec and {(proto.NormalizerSpec is null ? "no" : "a")} normalizer_spec; a SentencePiece model has all three.";
        }

        if (trainer.ModelType != TrainerSpec.Types.ModelType.Unigram)
        {
            return $"This is a SentencePiece model of type {trainer.ModelType}; T5 uses Unigram.";
        }

        if (trainer.TreatWhitespaceAsSuffix || trainer.ByteFallback || !proto.NormalizerSpec.EscapeWhitespaces)
        {
            return $"Found treat_whitespace_as_suffix {trainer.TreatWhitespaceAsSuffix}, byte_fallback {trainer.ByteFallback} and escape_whitespaces {proto.NormalizerSpec.EscapeWhitespaces}; T5 has False, False and True.";
        }

        return SpecialIdProblem("unk_id", trainer.UnkId, required: true, ModelProto.Types.Piece.Types.Type.Unknown, proto)
            ?? SpecialIdProblem("eos_id", trainer.EosId, required: true, ModelProto.Types.Piece.Types.Type.Control, proto)
            ?? SpecialIdProblem("pad_id", trainer.PadId, required: false, ModelProto.Types.Piece.Types.Type.Control, proto)
            ?? SpecialIdProblem("bos_id", trainer.BosId, required: false, ModelProto.Types.Piece.Types.Type.Control, proto)
            ?? PieceProblem(proto);
    }

    private static string? SpecialIdProblem(string name, int id, bool required, ModelProto.Types.Piece.Types.Type type, ModelProto proto)
    {
        if (id < 0 && !required)
        {
            return null;
        }

        return id < 0 || id >= proto.Pieces.Count || proto.Pieces[id].Type != type
            ? $"Found {name} {id}; expected the id of a piece of type {type} among the {proto.Pieces.Count}."
            : null;
    }

    private static string? PieceProblem(ModelProto proto)
    {
        var seen = new HashSet<string>(proto.Pieces.Count, StringComparer.Ordinal);
        for (var id = 0; id < proto.Pieces.Count; id++)
        {
            var piece = proto.Pieces[id];
            if (piece.Piece_.Length == 0 || piece.Piece_.Contains('\0', StringComparison.Ordinal) || !seen.Add(piece.Piece_))
            {
                return $"Piece {id}, '{piece.Piece_}', is empty, holds a NUL or occurs twice; pieces are distinct texts.";
            }

            if (!float.IsFinite(piece.Score))
            {
                return $"Piece {id}, '{piece.Piece_}', has the score {piece.Score}; scores are finite.";
            }

            var known = piece.Type is ModelProto.Types.Piece.Types.Type.Normal or ModelProto.Types.Piece.Types.Type.Control
                || (piece.Type == ModelProto.Types.Piece.Types.Type.Unknown && id == proto.TrainerSpec.UnkId);
            if (!known)
            {
                return $"Piece {id}, '{piece.Piece_}', is of type {piece.Type}; T5 has Normal and Control pieces and one Unknown.";
            }
        }

        return null;
    }
}
