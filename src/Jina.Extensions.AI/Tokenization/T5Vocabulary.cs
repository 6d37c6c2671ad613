using Jina.Extensions.AI.Tokenization.SentencePiece;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>The ids of a model and what each stands for.</summary>
internal sealed class T5Vocabulary
{
    private readonly string[] _pieces;
    private readonly bool[] _isControl;
    private readonly string _unknownSurface;

    public T5Vocabulary(ModelProto proto, int extraIds)
    {
        _pieces = [.. proto.Pieces.Select(piece => piece.Piece_)];
        _isControl = [.. proto.Pieces.Select(piece => piece.Type == ModelProto.Types.Piece.Types.Type.Control)];
        _unknownSurface = proto.TrainerSpec.UnkSurface;
        EndId = proto.TrainerSpec.EosId;
        UnknownId = proto.TrainerSpec.UnkId;
        PadId = Math.Max(0, proto.TrainerSpec.PadId);
        Size = _pieces.Length + extraIds;
        Specials = new SpecialTokens(proto.TrainerSpec.PadId, EndId, UnknownId, _pieces.Length, extraIds);
    }

    public int PadId { get; }

    public int EndId { get; }

    public int UnknownId { get; }

    /// <summary>Gets the number of ids: the pieces and the extra ids after them.</summary>
    public int Size { get; }

    public SpecialTokens Specials { get; }

    /// <summary>Gets the texts of the model's own pieces, by id.</summary>
    public IReadOnlyList<string> Pieces => _pieces;

    /// <summary>Returns the piece of an id, as SentencePiece or T5 writes it.</summary>
    public string PieceOf(int id) => id < _pieces.Length ? _pieces[id] : Specials.ExtraIdText(id)!;

    /// <summary>
    /// Returns what an id adds to a decoded text, U+2581 standing for a space; null where there is no such id.
    /// </summary>
    public string? Surface(int id)
    {
        if ((uint)id >= (uint)_pieces.Length)
        {
            return Specials.ExtraIdText(id);
        }

        if (_isControl[id])
        {
            return string.Empty;
        }

        return id == UnknownId ? _unknownSurface : _pieces[id];
    }
}
