using System.Diagnostics;

namespace Jina.Extensions.AI.Diagnostics;

/// <summary>Creates the spans of a request in the source <see cref="SourceName"/>: one of the request, and three of each window.</summary>
/// <remarks>
/// Without a listener, requests have no trace and do not record times. The spans of a window are created when it has completed, with
/// its recorded times, because its texts wait and run on other threads, together with texts of other requests.
/// </remarks>
internal sealed class RequestTrace : IDisposable
{
    public const string SourceName = "Jina.Extensions.AI";
    private const string Prefix = "jina.embeddings.";
    private const string ModelTag = "gen_ai.request.model";
    private const string TextsTag = Prefix + "texts";
    private const string TokensTag = Prefix + "tokens";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly Activity _request;
    private readonly string _model;
    private long _texts;
    private long _tokens;
    private long _truncations;

    private RequestTrace(Activity request, string model)
    {
        _request = request;
        _model = model;
        request.SetTag(ModelTag, model);
    }

    /// <summary>Gets a value indicating whether a request can have a trace.</summary>
    public static bool IsListening => Source.HasListeners();

    /// <summary>Starts the span of a request. Returns <see langword="null"/> if no listener records it.</summary>
    /// <param name="model">The model's name.</param>
    public static RequestTrace? Start(string model) =>
        Source.StartActivity(Prefix + "request") is { } request ? new RequestTrace(request, model) : null;

    /// <summary>Creates the spans of a window.</summary>
    /// <param name="times">The times of the window.</param>
    /// <param name="texts">The number of texts.</param>
    /// <param name="tokens">The number of tokens of the texts.</param>
    /// <param name="truncations">The number of truncated texts.</param>
    public void WindowCompleted(WindowTimes times, int texts, int tokens, int truncations)
    {
        _texts += texts;
        _tokens += tokens;
        _truncations += truncations;
        Add(Prefix + "tokenize", times.ReadStarted, times.Queued, texts, tokens);
        Add(Prefix + "queue", times.Queued, times.Taken, texts, tokens);
        Add(Prefix + "inference", times.Taken, times.Completed, texts, tokens);
    }

    /// <summary>Records that the request failed or was canceled. The message of the exception is not recorded.</summary>
    public void Failed(Exception failure)
    {
        _request.SetTag("error.type", failure.GetType().FullName);
        _request.SetStatus(ActivityStatusCode.Error);
    }

    /// <summary>Ends the span of the request.</summary>
    public void Dispose()
    {
        _request.SetTag(TextsTag, _texts);
        _request.SetTag(TokensTag, _tokens);
        _request.SetTag(Prefix + "truncations", _truncations);
        _request.Dispose();
    }

    private void Add(string name, DateTime start, DateTime end, int texts, int tokens)
    {
        // The current activity can be another one: a request continues in the context of the caller that reads its vectors.
        using var span = Source.StartActivity(name, ActivityKind.Internal, _request.Context, startTime: start);
        span?.SetTag(ModelTag, _model);
        span?.SetTag(TextsTag, texts);
        span?.SetTag(TokensTag, tokens);
        span?.SetEndTime(end);
    }
}
