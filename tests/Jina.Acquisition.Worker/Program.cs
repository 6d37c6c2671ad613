using Jina.Extensions.AI;

// Resolves one model as any program would, with everything else taken from the environment, and prints its folder.
Console.WriteLine(await new ModelStore().ResolveAsync(JinaEmbeddingModel.Parse(args[0])));
