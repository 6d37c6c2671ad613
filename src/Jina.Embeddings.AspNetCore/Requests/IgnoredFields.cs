using Jina.Embeddings.AspNetCore.Rejections;

namespace Jina.Embeddings.AspNetCore.Requests;

/// <summary>Collects the names of fields that a request has and this server does not know.</summary>
internal sealed class IgnoredFields
{
    /// <summary>The number of names that are kept. A body has room for a million.</summary>
    private const int MaxNames = 10;

    /// <summary>The maximum length of <see cref="ToString"/>, so that the header that has it is at most 500 bytes long.</summary>
    private const int MaxLength = 460;

    private const string More = ", ...";

    private readonly List<string> _names = [];
    private readonly List<string> _found = [];
    private bool _hasMore;

    /// <summary>Gets the first different names, in ASCII, shortened and with escapes as in an address (<c>%20</c>).</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Adds the name of a field.</summary>
    public void Add(string name)
    {
        // A body can repeat names a million times, so the usual case creates nothing.
        var shortened = RejectionText.Shorten(name);
        if (_hasMore || _found.Contains(shortened))
        {
            return;
        }

        if (_found.Count == MaxNames)
        {
            _hasMore = true;
            return;
        }

        _found.Add(shortened);
        _names.Add(name.Length == 0 ? "(empty)" : RejectionText.Shorten(Uri.EscapeDataString(shortened)));
    }

    /// <summary>Returns the names as a list that fits into a header.</summary>
    public override string ToString()
    {
        var list = string.Empty;
        for (var i = 0; i < _names.Count; i++)
        {
            var longer = i == 0 ? _names[i] : $"{list}, {_names[i]}";
            if (longer.Length > MaxLength - More.Length)
            {
                return list + More;
            }

            list = longer;
        }

        return _hasMore ? list + More : list;
    }
}
