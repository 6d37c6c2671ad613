var builder = DistributedApplication.CreateBuilder(args);

// Other apps do not need the next two lines: by default, the model is downloaded, and the server runs from its package.
var embeddings = builder.AddJinaEmbeddings("embeddings")
    .WithModel("../../../models/demo-en")
    .WithServerCommand("dotnet", "run", "--project", new Projects.Jina_Embeddings_Tool().ProjectPath, "--")
    .WithApiKey(builder.AddParameter("embeddings-key", new GenerateParameterDefault { Special = false }, secret: true));

builder.AddProject<Projects.AspireApp_Api>("api")
    .WithHttpEndpoint()
    .WithReference(embeddings)
    .WaitFor(embeddings)
    .WithHttpHealthCheck("/health");

builder.Build().Run();
