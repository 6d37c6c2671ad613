using Google.Protobuf;
using Jina.Extensions.AI.Diagnostics;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Tokenization.SentencePiece;
using PieceType = Jina.Extensions.AI.Tokenization.SentencePiece.ModelProto.Types.Piece.Types.Type;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>Reads a SentencePiece model, and rejects features that T5 does not use.</summary>
internal sealed class SentencePieceModelFile
{
    /// <summary>The most bytes of a model. T5's has 0.8 MB, and mT5's, which is the largest, has 4.3 MB.</summary>
    private const int MaximumLength = 8 << 20;

    /// <summary>
    /// The most chars of a piece. SentencePiece's trainer has the same maximum, and T5's longest piece has 18. At each
    /// position of a text, a search reads at most this many chars.
    /// </summary>
    private const int MaximumPiece = 512;

    private const string NextStep = "Use the spiece.model of the T5 model. If the file may be damaged, download it again.";

    private readonly string _path;

    private SentencePieceModelFile(string path, ModelProto proto)
    {
        _path = path;
        Proto = proto;
    }

    /// <summary>Gets the parsed and checked model.</summary>
    public ModelProto Proto { get; }

    /// <summary>Reads the bytes of a file.</summary>
    public static byte[] ReadBytes(string path) => BoundedFile.ReadAll(path, MaximumLength, "A SentencePiece model");

    /// <summary>Reads the rest of a stream, which can be endless. The <paramref name="path"/> is for messages only.</summary>
    public static byte[] ReadBytes(Stream stream, string path)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            copy.Write(buffer, 0, read);
            if (copy.Length > MaximumLength)
            {
                throw new JinaModelException(path, $"The stream has more than {MaximumLength} bytes. {NextStep}");
            }
        }

        return copy.ToArray();
    }

    /// <summary>Parses and checks a model. The <paramref name="path"/> is for messages only.</summary>
    public static SentencePieceModelFile Read(string path, byte[] bytes)
    {
        ModelProto proto;
        try
        {
            proto = ModelProto.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new JinaModelException(path, $"Not a complete SentencePiece model: {exception.Message} {NextStep}", exception);
        }

        if (Problem(proto) is { } problem)
        {
            throw new JinaModelException(path, $"{problem} {NextStep}");
        }

        return new SentencePieceModelFile(path, proto);
    }

    /// <summary>Parses the normalizer's table of replacements.</summary>
    public PrecompiledCharsmap ReadCharsmap() =>
        PrecompiledCharsmap.TryRead(Proto.NormalizerSpec.PrecompiledCharsmap.Span)
        ?? throw new JinaModelException(
            _path,
            "The normalizer's precompiled_charsmap is damaged: its trie and strings do not fit its "
            + $"{Proto.NormalizerSpec.PrecompiledCharsmap.Length} bytes, or a replacement has more than "
            + $"{PrecompiledCharsmap.MaximumReplacement} bytes. {NextStep}");

    /// <summary>Creates the search for the pieces with the highest scores. Control pieces are never found in a text.</summary>
    public UnigramSearch CreateSearch()
    {
        var pieces = new string?[Proto.Pieces.Count];
        var scores = new float[pieces.Length];
        var lowest = float.MaxValue;
        for (var id = 0; id < pieces.Length; id++)
        {
            var piece = Proto.Pieces[id];
            if (piece.Type == PieceType.Normal)
            {
                pieces[id] = piece.Piece_;
                scores[id] = piece.Score;
                lowest = Math.Min(lowest, piece.Score);
            }
        }

        return new UnigramSearch(new PieceIndex(pieces), scores, Proto.TrainerSpec.UnkId, lowest);
    }

    private static string? Problem(ModelProto proto)
    {
        var trainer = proto.TrainerSpec;
        if (proto.Pieces.Count == 0 || trainer is null || proto.NormalizerSpec is null)
        {
            return $"Found {proto.Pieces.Count} pieces, {(trainer is null ? "no" : "a")} trainer_spec and "
                + $"{(proto.NormalizerSpec is null ? "no" : "a")} normalizer_spec. Expected all three in a SentencePiece model.";
        }

        if (trainer.ModelType != TrainerSpec.Types.ModelType.Unigram)
        {
            return $"The SentencePiece model is of type {trainer.ModelType}. Expected Unigram, which T5 uses.";
        }

        if (trainer.TreatWhitespaceAsSuffix || trainer.ByteFallback || !proto.NormalizerSpec.EscapeWhitespaces)
        {
            return $"Found treat_whitespace_as_suffix {trainer.TreatWhitespaceAsSuffix}, byte_fallback {trainer.ByteFallback} and "
                + $"escape_whitespaces {proto.NormalizerSpec.EscapeWhitespaces}. Expected False, False and True, which T5 has.";
        }

        return SpecialIdProblem("unk_id", trainer.UnkId, required: true, PieceType.Unknown, proto)
            ?? SpecialIdProblem("eos_id", trainer.EosId, required: true, PieceType.Control, proto)
            ?? SpecialIdProblem("pad_id", trainer.PadId, required: false, PieceType.Control, proto)
            ?? SpecialIdProblem("bos_id", trainer.BosId, required: false, PieceType.Control, proto)
            ?? (trainer.UnkSurface.Length > MaximumPiece
                ? $"Found an unk_surface of {trainer.UnkSurface.Length} characters. Expected at most {MaximumPiece}."
                : null)
            ?? PieceProblem(proto);
    }

    private static string? SpecialIdProblem(string name, int id, bool required, PieceType type, ModelProto proto)
    {
        if (id < 0 && !required)
        {
            return null;
        }

        return id < 0 || id >= proto.Pieces.Count || proto.Pieces[id].Type != type
            ? $"Found {name} {id}. Expected the ID of a piece of type {type}, from 0 to {proto.Pieces.Count - 1}."
            : null;
    }

    private static string Describe(int id, ModelProto.Types.Piece piece) => $"Piece {id}, '{PrintableText.Name(piece.Piece_)}',";

    private static string? PieceProblem(ModelProto proto)
    {
        var seen = new HashSet<string>(proto.Pieces.Count, StringComparer.Ordinal);
        for (var id = 0; id < proto.Pieces.Count; id++)
        {
            var piece = proto.Pieces[id];
            if (piece.Piece_.Length > MaximumPiece)
            {
                return $"{Describe(id, piece)} has {piece.Piece_.Length} characters. Expected at most {MaximumPiece}.";
            }

            if (piece.Piece_.Length == 0 || piece.Piece_.Contains('\0', StringComparison.Ordinal) || !seen.Add(piece.Piece_))
            {
                return $"{Describe(id, piece)} is empty, contains a NUL or occurs twice. Expected distinct texts.";
            }

            if (!float.IsFinite(piece.Score))
            {
                return $"{Describe(id, piece)} has the score {piece.Score}. Expected a finite number.";
            }

            var known = piece.Type is PieceType.Normal or PieceType.Control
                || (piece.Type == PieceType.Unknown && id == proto.TrainerSpec.UnkId);
            if (!known)
            {
                return $"{Describe(id, piece)} is of type {piece.Type}. Expected Normal or Control, or Unknown for a single piece.";
            }
        }

        return null;
    }
}
