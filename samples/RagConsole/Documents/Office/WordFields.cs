using DocumentFormat.OpenXml.Wordprocessing;

namespace RagConsole.Documents.Office;

/// <summary>Follows the fields of a Word document. A field has a code, which is not shown, and then its result.</summary>
internal sealed class WordFields
{
    /// <summary>For each open field, whether its code ended.</summary>
    private readonly Stack<bool> _open = [];

    /// <summary>Gets a value that indicates whether text at the current position is shown.</summary>
    public bool AreShown => _open.All(isResult => isResult);

    /// <summary>Moves past the start, the middle or the end of a field.</summary>
    public void Move(FieldChar mark)
    {
        var type = mark.FieldCharType?.Value;
        if (type == FieldCharValues.Begin)
        {
            _open.Push(false);
        }
        else if (_open.TryPop(out _) && type == FieldCharValues.Separate)
        {
            _open.Push(true);
        }
    }
}
