namespace Jina.Embeddings.Tool.Output;

/// <summary>A line on stderr that is written over, and at last erased.</summary>
internal sealed class PassingLine
{
    private int _width;

    public void Write(string line)
    {
        Console.Error.Write("\r" + line.PadRight(_width));
        _width = line.Length;
    }

    /// <summary>Erases what is there, once: afterwards the line belongs to others.</summary>
    public void Erase()
    {
        if (_width > 0)
        {
            Console.Error.Write("\r" + new string(' ', _width) + "\r");
            _width = 0;
        }
    }
}
