using System.Globalization;
using Jina.Extensions.AI;

if (args is ["embed", var directory, var precision, var kind])
{
    // Embeds one list of token IDs per line of the input, and prints the vector, or the error of the model.
    var options = new JinaEmbeddingOptions
    {
        Model = JinaEmbeddingModel.FromDirectory(directory),
        Precision = Enum.Parse<Precision>(precision),
        MaxThreads = 2,
        ConfigureSession = kind == "hook" ? static _ => { } : null,
    };
    await using var generator = new JinaEmbeddingGenerator(options);
    while (Console.ReadLine() is { } line)
    {
        try
        {
            int[] ids = [.. line.Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
            var embeddings = await generator.GenerateFromTokensAsync([ids]);
            Console.WriteLine(Convert.ToHexString(System.Runtime.InteropServices.MemoryMarshal.AsBytes(embeddings[0].Vector.Span)));
        }
        catch (JinaModelException exception)
        {
            Console.WriteLine($"rejected {exception.Message}");
        }
    }
}
else
{
    // Resolves one model with the settings of the environment, and prints its directory.
    Console.WriteLine(await new ModelStore().ResolveAsync(JinaEmbeddingModel.Parse(args[0])));
}
