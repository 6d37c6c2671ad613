using System.Text.Json;
using RagConsole.Output;
using RagConsole.Passages;

namespace RagConsole.Commands;

/// <summary>Writes the contents of a database as JSON.</summary>
internal static class StatsJson
{
    /// <summary>Writes one object.</summary>
    /// <param name="library">The contents.</param>
    /// <param name="problems">Whether to list the files that are not in the database.</param>
    public static void Write(Library library, bool problems) => JsonOutput.Write(json =>
    {
        json.WriteString("database", library.Database);
        json.WriteNumber("bytes", library.Bytes);
        json.WriteString("model", library.Model?.Name);
        json.WriteNumber("files", library.Files.Count);
        json.WriteNumber("passages", library.Passages);
        json.WriteStartArray("folders");
        foreach (var folder in library.Folders)
        {
            json.WriteStringValue(folder);
        }

        json.WriteEndArray();
        if (library.LastIngest is { } time)
        {
            json.WriteString("lastIngest", time);
        }

        json.WriteNumber("withoutText", library.Problems.Count(file => file.IsWithoutText));
        json.WriteNumber("skipped", library.Problems.Count(file => file.IsUnreadable));
        WriteCollections(json, library);
        if (problems)
        {
            WriteProblems(json, library);
        }
    });

    private static void WriteCollections(Utf8JsonWriter json, Library library)
    {
        json.WriteStartArray("collections");
        foreach (var folder in library.Collections)
        {
            json.WriteStartObject();
            json.WriteString("name", folder.Name);
            json.WriteString("folder", folder.Root);
            json.WriteNumber("files", library.Files.Count(file => file.Root == folder.Root));
            json.WriteNumber("passages", library.Files.Where(file => file.Root == folder.Root).Sum(file => file.Passages));
            if (folder.IngestedAt != default)
            {
                json.WriteString("lastIngest", folder.IngestedAt);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteProblems(Utf8JsonWriter json, Library library)
    {
        json.WriteStartArray("problems");
        foreach (var file in library.Problems)
        {
            json.WriteStartObject();
            json.WriteString("path", Path.Combine(file.Root, file.File));
            json.WriteString("kind", file.IsWithoutText ? "withoutText" : "skipped");
            json.WriteString("reason", file.Problem);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("notListed");
        foreach (var line in library.Collections.SelectMany(folder => folder.GetNotListed()))
        {
            json.WriteStringValue(line);
        }

        json.WriteEndArray();
    }
}
