using Jina.Extensions.AI.Tokenization.SentencePiece;

namespace Jina.Extensions.AI.Tokenization;

/// <summary>Represents the IDs of a model and their texts.</summary>
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

    /// <summary>Gets the ID that pads shorter texts.</summary>
    public int PadId { get; }

    /// <summary>Gets the ID of the end token.</summary>
    public int EndId { get; }

    /// <summary>Gets the ID of characters outside the vocabulary.</summary>
    public int UnknownId { get; }

    /// <summary>Gets the number of IDs: the pieces and the extra IDs after them.</summary>
    public int Size { get; }

    /// <summary>Gets the special tokens.</summary>
    public SpecialTokens Specials { get; }

    /// <summary>Gets the texts of the model's own pieces, by ID.</summary>
    public IReadOnlyList<string> Pieces => _pieces;

    /// <summary>Returns the piece of an ID, as SentencePiece or T5 writes it.</summary>
    public string PieceOf(int id) => id < _pieces.Length ? _pieces[id] : Specials.ExtraIdText(id)!;

    /// <summary>
    /// Returns the text that an ID decodes to, with U+2581 for a space, or <see langword="null"/> if the ID does not exist.
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
