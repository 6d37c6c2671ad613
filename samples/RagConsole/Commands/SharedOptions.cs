using System.CommandLine;
using Jina.Extensions.AI;
using RagConsole.Passages;

namespace RagConsole.Commands;

/// <summary>Creates the options that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<string?> Database() => new("--db")
    {
        Description = $"The database, one SQLite file. Default: {Library.DefaultDatabase} in the working directory.",
        HelpName = "FILE",
    };

    public static Option<JinaEmbeddingModel?> Model() => new("--model")
    {
        Description = "The embedding model: a name, a model directory, 'demo' (included in this sample), or 'auto'. "
            + "'auto' is the model that the database was created with. Without a database, it is jina-embedding-s-en-v1 if that is "
            + "cached or can be downloaded, otherwise 'demo'. Default: auto.",
        HelpName = "auto|demo|NAME|DIR",
        CustomParser = result =>
        {
            try
            {
                return ModelChoice.Parse(result.Tokens[0].Value);
            }
            catch (ArgumentException error)
            {
                // Removes the suffix with the name of a parameter in the code.
                result.AddError(error.Message.Split(" (Parameter ")[0]);
                return null;
            }
        },
    };

    public static Option<int> Top()
    {
        var top = new Option<int>("--top")
        {
            Description = "The number of passages to find.",
            HelpName = "N",
            DefaultValueFactory = _ => 3,
        };
        top.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var count) && count > 0))
            {
                result.AddError("--top expects a whole number of at least 1.");
            }
        });
        return top;
    }

    public static Option<bool> Json(string what) => new("--json") { Description = $"Write {what} as JSON." };
}
