using System.Buffers;
using Jina.Extensions.AI.Models;
using Jina.Extensions.AI.Tokenization;
using Microsoft.ML.Tokenizers;

namespace Jina.Extensions.AI;

/// <summary>
/// T5's tokenizer: the ids that SentencePiece gives a text with the model's <c>spiece.model</c>, and the end token
/// <c>&lt;/s&gt;</c>.
/// </summary>
/// <remarks>
/// <para><see cref="Encode(string, int?)"/> is what an encoder is fed with: at most
/// <see cref="MaxTokens"/> ids. The members of <see cref="Tokenizer"/> serve chunkers: they read a text whole unless
/// given a maximum, always count the end token, and where they cut, they keep the first ids and end with the end token.
/// Their offsets and indexes refer to the text as it was given, never to a normalised form (which is not returned), and
/// never fall between the halves of a surrogate pair. The text up to an index by token count has no more tokens than
/// that: where a character becomes several and a token ends among them, the index lies before it. Normalisation
/// belongs to the vocabulary: the <c>considerNormalization</c> and <c>considerPreTokenization</c> arguments change
/// nothing. A null text, which those members cannot tell from an empty span, is read as empty.</para>
/// <para>Any UTF-16 is read; a lone surrogate counts as U+FFFD. Time grows linearly with the text. Instances are
/// immutable and safe for concurrent use.</para>
/// </remarks>
public sealed class T5Tokenizer : Tokenizer
{
    private const int MostExtraIds = 1_000_000;

    private readonly T5Vocabulary _vocabulary;
    private readonly TextEncoder _encoder;

    private T5Tokenizer(SentencePieceModelFile model, T5TokenizerOptions options)
    {
        MaxTokens = options.MaxTokens;
        _vocabulary = new T5Vocabulary(model.Proto, options.ExtraIds);
        var normalizer = new TextNormalizer(model.Proto.NormalizerSpec, model.ReadCharsmap());
        var unigram = new UnigramEncoder(model.CreateTokenizer(), normalizer, _vocabulary.Pieces, _vocabulary.UnknownId);
        _encoder = new TextEncoder(unigram, options.SpecialTokensAsText ? null : _vocabulary.Specials);
    }

    /// <summary>Gets the id that fills up shorter texts of a batch: 0 for T5.</summary>
    public int PadId => _vocabulary.PadId;

    /// <summary>Gets the id of the end token <c>&lt;/s&gt;</c>: 1 for T5.</summary>
    public int EndOfSequenceId => _vocabulary.EndId;

    /// <summary>Gets the id that stands for a run of characters outside the vocabulary: 2 for T5.</summary>
    public int UnknownId => _vocabulary.UnknownId;

    /// <summary>Gets the number of ids, the end token included, that <see cref="Encode(string, int?)"/> keeps by default.</summary>
    public int MaxTokens { get; }

    /// <summary>Gets the number of ids: the model's pieces and the extra ids after them. The highest id is one less.</summary>
    public int VocabularySize => _vocabulary.Size;

    /// <summary>Reads a tokenizer from a SentencePiece model file.</summary>
    /// <param name="spieceModelPath">The path of the model's <c>spiece.model</c>.</param>
    /// <param name="options">How to read text; null for the defaults.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="ArgumentException">The path is null or empty, or an option is out of range.</exception>
    /// <exception cref="JinaModelException">The file is missing, unreadable, damaged, or not a Unigram model as T5 uses them.</exception>
    public static T5Tokenizer Create(string spieceModelPath, T5TokenizerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(spieceModelPath);
        if (!File.Exists(spieceModelPath))
        {
            throw new JinaModelException(spieceModelPath, "The file is missing; expected T5's SentencePiece model. Copy the model's spiece.model there.");
        }

        return Create(spieceModelPath, ModelFileReader.Read(spieceModelPath, File.ReadAllBytes), options);
    }

    /// <summary>Reads a tokenizer from a SentencePiece model.</summary>
    /// <param name="spieceModel">The contents of the model's <c>spiece.model</c>, read to the end and left open.</param>
    /// <param name="options">How to read text; null for the defaults.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="ArgumentException">The stream is null, or an option is out of range.</exception>
    /// <exception cref="JinaModelException">The model is damaged, or not a Unigram model as T5 uses them.</exception>
    public static T5Tokenizer Create(Stream spieceModel, T5TokenizerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(spieceModel);
        using var copy = new MemoryStream();
        spieceModel.CopyTo(copy);
        return Create(spieceModel is FileStream file ? file.Name : "spiece.model", copy.ToArray(), options);
    }

    /// <summary>Encodes a text as an encoder takes it: at most a number of ids, the last of them the end token.</summary>
    /// <param name="text">The text; the empty one gives the end token alone.</param>
    /// <param name="maxTokens">The most ids to keep, at least 1; null for <see cref="MaxTokens"/>.</param>
    /// <returns>The ids, and whether the text has more.</returns>
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
        var tokens = _encoder.Encode(text, limit - 1, withRanges: false);
        tokens.End(EndOfSequenceId, text.Length);
        return new T5Encoding(tokens.Ids, tokens.Truncated);
    }

    /// <inheritdoc/>
    /// <remarks>Control ids such as the end token add nothing; extra ids are written out.</remarks>
    public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return T5Decoder.Decode(_vocabulary, ids, destination, out idsConsumed, out charsWritten);
    }

    /// <inheritdoc/>
    protected override EncodeResults<int> EncodeToIds(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        var span = text ?? textSpan;
        var cuts = settings.MaxTokenCount != int.MaxValue;
        var tokens = EncodeUpTo(span, settings.MaxTokenCount, withRanges: cuts, out var charsConsumed);
        return new EncodeResults<int> { Tokens = tokens.Ids, CharsConsumed = charsConsumed };
    }

    /// <inheritdoc/>
    protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
    {
        var tokens = EncodeUpTo(text ?? textSpan, settings.MaxTokenCount, withRanges: true, out var charsConsumed);
        var encoded = new EncodedToken[tokens.Ids.Count];
        for (var i = 0; i < encoded.Length; i++)
        {
            encoded[i] = new EncodedToken(tokens.Ids[i], _vocabulary.PieceOf(tokens.Ids[i]), tokens.Ranges![i].Start..tokens.Ranges[i].End);
        }

        return new EncodeResults<EncodedToken> { Tokens = encoded, CharsConsumed = charsConsumed };
    }

    /// <inheritdoc/>
    protected override int CountTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings) =>
        EncodeToIds(text, textSpan, settings).Tokens.Count;

    /// <inheritdoc/>
    protected override int GetIndexByTokenCount(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings, bool fromEnd, out string? normalizedText, out int tokenCount)
    {
        normalizedText = null;
        var span = text ?? textSpan;
        if (!fromEnd)
        {
            tokenCount = EncodeUpTo(span, settings.MaxTokenCount, withRanges: true, out var charsConsumed).Ids.Count;
            return charsConsumed;
        }

        var tokens = EncodeUpTo(span, int.MaxValue, withRanges: true, out _);
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

    /// <summary>Encodes with the end token and tells how much of the text the ids stand for.</summary>
    private TokenSequence EncodeUpTo(ReadOnlySpan<char> text, int maxTokenCount, bool withRanges, out int charsConsumed)
    {
        charsConsumed = 0;
        if (maxTokenCount <= 0)
        {
            return new TokenSequence([], [], Truncated: true);
        }

        var limit = maxTokenCount == int.MaxValue ? int.MaxValue : maxTokenCount - 1;
        var tokens = _encoder.Encode(text, limit, withRanges);
        charsConsumed = tokens.Truncated ? tokens.LastBoundary() : text.Length;
        tokens.End(EndOfSequenceId, text.Length);
        return tokens;
    }
}
