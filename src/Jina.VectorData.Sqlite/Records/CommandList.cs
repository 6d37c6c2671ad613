using Microsoft.Data.Sqlite;

namespace Jina.VectorData.Sqlite.Records;

/// <summary>Commands that are disposed of together.</summary>
internal sealed class CommandList(IEnumerable<SqliteCommand> commands) : IDisposable
{
    private readonly SqliteCommand[] _commands = [.. commands];

    public SqliteCommand this[int index] => _commands[index];

    public void Dispose() => Array.ForEach(_commands, static command => command.Dispose());
}
