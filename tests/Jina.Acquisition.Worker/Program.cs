using Jina.Extensions.AI;

// Resolves one model with the settings of the environment, and prints its directory.
Console.WriteLine(await new ModelStore().ResolveAsync(JinaEmbeddingModel.Parse(args[0])));
