using System.Buffers;
using Jina.Extensions.AI.Files;
using Jina.Extensions.AI.Tokenization;
using Microsoft.ML.Tokenizers;

namespace Jina.Extensions.AI;

/// <summary>
/// Represents T5's tokenizer. A text gets the same token IDs as from SentencePiece with the model's <c>spiece.model</c>, followed by
/// the end token <c>&lt;/s&gt;</c>.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="Encode(string, int?)"/> returns the IDs that a model runs on: at most <see cref="MaxTokens"/>. The members of
/// <see cref="Tokenizer"/> are for chunkers. They read the whole text unless they have a maximum, and always count the end token. If
/// they truncate, they keep the first IDs and add the end token.
/// </para>
/// <para>
/// Offsets and indexes refer to the original text and are never between the halves of a surrogate pair. A normalized text is not
/// returned. The text before an index by token count never has more tokens than that count. If a character becomes several and a
/// token ends among them, the index is before the character.
/// </para>
/// <para>
/// Normalization is part of the vocabulary, so the <c>considerNormalization</c> and <c>considerPreTokenization</c> arguments have no
/// effect. The members of <see cref="Tokenizer"/> treat a null text as empty, because they cannot distinguish it from an empty span.
/// </para>
/// <para>
/// Any UTF-16 text is accepted. A lone surrogate is read as U+FFFD. Time grows linearly with the text. Texts of more than 65,536
/// characters are tokenized in parts of whole words, so memory does not grow with them. After the first part, of two divisions of a
/// word with nearly the same score SentencePiece may choose the other one. A word of more than 131,072 characters is divided.
/// Instances are immutable and safe for concurrent use.
/// </para>
/// </remarks>
public sealed class T5Tokenizer : Tokenizer
{
    private const int MostExtraIds = 1_000_000;

    private readonly T5Vocabulary _vocabulary;
    private readonly UnigramTokenizer _unigram;
    private readonly SpecialTokens? _specials;

    private T5Tokenizer(SentencePieceModelFile model, T5TokenizerOptions options)
    {
        MaxTokens = options.MaxTokens;
        _vocabulary = new T5Vocabulary(model.Proto, options.ExtraIds);
        _specials = options.SpecialTokensAsText ? null : _vocabulary.Specials;
        var normalizer = new TextNormalizer(model.Proto.NormalizerSpec, model.ReadCharsmap());
        _unigram = new UnigramTokenizer(model.CreateSearch(), normalizer, _vocabulary.Pieces, _vocabulary.UnknownId);
    }

    /// <summary>Gets the ID that pads the shorter texts of a micro-batch: 0 for T5.</summary>
    public int PadId => _vocabulary.PadId;

    /// <summary>Gets the ID of the end token <c>&lt;/s&gt;</c>: 1 for T5.</summary>
    public int EndOfSequenceId => _vocabulary.EndId;

    /// <summary>Gets the ID of a run of characters outside the vocabulary: 2 for T5.</summary>
    public int UnknownId => _vocabulary.UnknownId;

    /// <summary>Gets the number of IDs, end token included, that <see cref="Encode(string, int?)"/> returns at most by default.</summary>
    public int MaxTokens { get; }

    /// <summary>Gets the number of IDs: the pieces of the model and the extra IDs after them. The highest ID is one less.</summary>
    public int VocabularySize => _vocabulary.Size;

    /// <summary>Creates a tokenizer from a SentencePiece model file.</summary>
    /// <param name="spieceModelPath">The path of the model's <c>spiece.model</c>.</param>
    /// <param name="options">The options. If <see langword="null"/>, the defaults are used.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="ArgumentException">The path is null or empty, or an option is out of its range.</exception>
    /// <exception cref="JinaModelException">
    /// The file is missing, unreadable or damaged, or it is not a Unigram model as T5 uses it.
    /// </exception>
    public static T5Tokenizer Create(string spieceModelPath, T5TokenizerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(spieceModelPath);
        if (!RegularFile.IsPresent(spieceModelPath))
        {
            throw new JinaModelException(
                spieceModelPath, "The file is missing. Expected T5's SentencePiece model. Copy the model's spiece.model to this path.");
        }

        return Create(spieceModelPath, SentencePieceModelFile.ReadBytes(spieceModelPath), options);
    }

    /// <summary>Creates a tokenizer from a SentencePiece model.</summary>
    /// <param name="spieceModel">The contents of the model's <c>spiece.model</c>. The stream is read to its end and stays open.</param>
    /// <param name="options">The options. If <see langword="null"/>, the defaults are used.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="ArgumentException">The stream is null, or an option is out of its range.</exception>
    /// <exception cref="JinaModelException">The model is damaged, or it is not a Unigram model as T5 uses it.</exception>
    public static T5Tokenizer Create(Stream spieceModel, T5TokenizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(spieceModel);
        var name = spieceModel is FileStream file ? file.Name : "spiece.model";
        return Create(name, SentencePieceModelFile.ReadBytes(spieceModel, name), options);
    }

    /// <summary>Converts a text to the IDs that a model runs on: at most a given number, of which the last is the end token.</summary>
    /// <param name="text">The text. The IDs of the empty text are the end token alone.</param>
    /// <param name="maxTokens">The most IDs, at least 1. If <see langword="null"/>, <see cref="MaxTokens"/> applies.</param>
    /// <returns>The IDs, and whether the text was truncated.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTokens"/> is below 1.</exception>
    public T5Encoding Encode(string text, int? maxTokens = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Encode(text.AsSpan(), maxTokens);
    }

    /// <inheritdoc cref="Encode(string, int?)"/>
    public T5Encoding Encode(ReadOnlySpan<char> text, int? maxTokens = null)
    {
        var limit = maxTokens ?? MaxTokens;
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(maxTokens));
        var tokens = Tokenize(text, limit - 1, withRanges: false);
        tokens.End(EndOfSequenceId, text.Length);
        return new T5Encoding(tokens.Ids, tokens.Truncated);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The text is normalized, so it is in lower case if the model folds case. Control IDs such as the end token add nothing to it.
    /// Extra IDs are written as <c>&lt;extra_id_0&gt;</c>.
    /// </remarks>
    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        ArgumentNullException.ThrowIfNull(ids);
        idsConsumed = 0;
        charsWritten = 0;
        foreach (var id in ids)
        {
            if (_vocabulary.Surface(id) is not { } surface)
            {
                return OperationStatus.InvalidData;
            }

            // A space at the start is the dummy prefix, which is not part of the text.
            var atStart = charsWritten == 0 && surface.StartsWith(TextNormalizer.Space);
            var visible = atStart ? surface.AsSpan(1) : surface;
            if (visible.Length > destination.Length - charsWritten)
            {
                return OperationStatus.DestinationTooSmall;
            }

            visible.Replace(destination[charsWritten..], TextNormalizer.Space, ' ');
            charsWritten += visible.Length;
            idsConsumed++;
        }

        return OperationStatus.Done;
    }

    /// <inheritdoc/>
    protected override EncodeResults<int> EncodeToIds(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        var span = text ?? textSpan;
        var truncates = settings.MaxTokenCount != int.MaxValue;
        var tokens = TokenizeWithEnd(span, settings.MaxTokenCount, withRanges: truncates, out var charsConsumed);
        return new EncodeResults<int> { Tokens = tokens.Ids, CharsConsumed = charsConsumed };
    }

    /// <inheritdoc/>
    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        var tokens = TokenizeWithEnd(text ?? textSpan, settings.MaxTokenCount, withRanges: true, out var charsConsumed);
        var encoded = new EncodedToken[tokens.Ids.Count];
        for (var i = 0; i < encoded.Length; i++)
        {
            var range = tokens.Ranges![i];
            encoded[i] = new EncodedToken(tokens.Ids[i], _vocabulary.PieceOf(tokens.Ids[i]), range.Start..range.End);
        }

        return new EncodeResults<EncodedToken> { Tokens = encoded, CharsConsumed = charsConsumed };
    }

    /// <inheritdoc/>
    protected override int CountTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        if (settings.MaxTokenCount != int.MaxValue)
        {
            return EncodeToIds(text, textSpan, settings).Tokens.Count;
        }

        var output = new TokenOutput(keepIds: false, keepRanges: false);
        Tokenize(text ?? textSpan, int.MaxValue, ref output);
        return output.Count + 1;
    }

    /// <inheritdoc/>
    protected override int GetIndexByTokenCount(
        string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings, bool fromEnd, out string? normalizedText, out int tokenCount)
    {
        normalizedText = null;
        var span = text ?? textSpan;
        if (!fromEnd)
        {
            tokenCount = TokenizeWithEnd(span, settings.MaxTokenCount, withRanges: true, out var charsConsumed).Ids.Count;
            return charsConsumed;
        }

        var tokens = TokenizeWithEnd(span, int.MaxValue, withRanges: true, out _);
        tokenCount = Math.Clamp(settings.MaxTokenCount, 0, tokens.Ids.Count);
        if (tokenCount == tokens.Ids.Count)
        {
            return 0;
        }

        return tokenCount == 0 ? span.Length : tokens.Ranges![^tokenCount].Start;
    }

    private static T5Tokenizer Create(string path, byte[] bytes, T5TokenizerOptions? options)
    {
        options ??= new T5TokenizerOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxTokens, 1, nameof(T5TokenizerOptions.MaxTokens));
        ArgumentOutOfRangeException.ThrowIfNegative(options.ExtraIds, nameof(T5TokenizerOptions.ExtraIds));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.ExtraIds, MostExtraIds, nameof(T5TokenizerOptions.ExtraIds));
        return new T5Tokenizer(SentencePieceModelFile.Read(path, bytes), options);
    }

    /// <summary>Tokenizes a text with its end token, and returns the number of chars that the IDs represent.</summary>
    private TokenSequence TokenizeWithEnd(ReadOnlySpan<char> text, int maxTokenCount, bool withRanges, out int charsConsumed)
    {
        charsConsumed = 0;
        if (maxTokenCount <= 0)
        {
            return new TokenSequence([], [], Truncated: true);
        }

        var limit = maxTokenCount == int.MaxValue ? int.MaxValue : maxTokenCount - 1;
        var tokens = Tokenize(text, limit, withRanges);
        charsConsumed = tokens.Truncated ? tokens.LastBoundary() : text.Length;
        tokens.End(EndOfSequenceId, text.Length);
        return tokens;
    }

    /// <summary>
    /// Tokenizes a text to at most <paramref name="limit"/> IDs, without the end token. A special token becomes its ID, and the text
    /// between two of them is tokenized separately.
    /// </summary>
    private TokenSequence Tokenize(ReadOnlySpan<char> text, int limit, bool withRanges)
    {
        var output = new TokenOutput(keepIds: true, withRanges);
        Tokenize(text, limit, ref output);
        return TokenSequence.Truncate(output, limit);
    }

    private void Tokenize(ReadOnlySpan<char> text, int limit, ref TokenOutput output)
    {
        var position = 0;
        while (position < text.Length && output.Count <= limit)
        {
            var (start, length, id) = FindSpecial(text, position);
            if (start > position)
            {
                _unigram.Tokenize(text[position..start], position, limit - output.Count, ref output);
            }

            if (length > 0)
            {
                output.Add(id, new TokenRange(start, start + length, EndsInside: false));
            }

            position = start + length;
        }
    }

    private (int Start, int Length, int Id) FindSpecial(ReadOnlySpan<char> text, int from)
    {
        if (_specials is not null && _specials.TryFind(text, from, out var start, out var length, out var id))
        {
            return (start, length, id);
        }

        return (text.Length, 0, 0);
    }
}
