using Jina.Testing;
using k8s;
using k8s.Models;

namespace Jina.Embeddings.Tool.Tests.Serving;

/// <summary>Reads the manifests with the types of the API, which reject unknown fields. A cluster is not needed.</summary>
public sealed class KubernetesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_deployment_uses_routes_and_variables_of_the_server()
    {
        var deployment = await ReadAsync<V1Deployment>("deployment.yaml");
        var container = Assert.Single(deployment.Spec.Template.Spec.Containers);
        var help = (await Tool.RunAsync("serve", "--help")).Output;

        Assert.Equal("/ready", container.ReadinessProbe.HttpGet.Path);
        Assert.Equal("/health", container.LivenessProbe.HttpGet.Path);
        Assert.All(container.Env.Select(variable => variable.Name), name =>
        {
            var option = name.Replace("JINA_EMBEDDINGS_", "--", StringComparison.Ordinal).Replace('_', '-').ToLowerInvariant();
            Assert.Contains(option, help, StringComparison.Ordinal);
        });
        var drain = int.Parse(container.Env.Single(variable => variable.Name == "JINA_EMBEDDINGS_DRAIN").Value, null);
        Assert.True(deployment.Spec.Template.Spec.TerminationGracePeriodSeconds > drain + 50);
    }

    [Fact]
    public async Task The_other_resources_select_the_deployment()
    {
        var deployment = await ReadAsync<V1Deployment>("deployment.yaml");
        var labels = deployment.Spec.Template.Metadata.Labels;
        var service = await ReadAsync<V1Service>("service.yaml");
        var autoscaler = await ReadAsync<V2HorizontalPodAutoscaler>("autoscaler.yaml");
        var budget = await ReadAsync<V1PodDisruptionBudget>("disruption-budget.yaml");

        Assert.Equal(labels, service.Spec.Selector);
        Assert.Equal(labels, budget.Spec.Selector.MatchLabels);
        Assert.Equal(deployment.Metadata.Name, autoscaler.Spec.ScaleTargetRef.Name);
        Assert.Equal(deployment.Spec.Replicas, autoscaler.Spec.MinReplicas);
    }

    [Fact]
    public async Task The_arguments_of_the_job_are_those_of_embed()
    {
        var job = await ReadAsync<V1Job>("embed-job.yaml");
        var arguments = Assert.Single(job.Spec.Template.Spec.Containers).Args.ToArray();

        // The model and the input do not exist here. A wrong option would be wrong usage.
        var result = await Tool.RunAsync(new Dictionary<string, string> { ["JOB_COMPLETION_INDEX"] = "15" }, arguments);

        result.AssertFailed(1, "/data/vectors/00015-of-00016.parquet", "The folder of the file does not exist");
        Assert.Contains($"--shard=auto/{job.Spec.Completions}", arguments);
        Assert.Contains(job.Spec.PodFailurePolicy.Rules, rule => rule.OnExitCodes?.Values.Contains(ExitCode.TryAgain) == false);
    }

    [Fact]
    public async Task The_kustomization_names_the_files_of_the_server()
    {
        var folder = RepositoryFiles.Path("deploy", "kubernetes");
        var text = await File.ReadAllTextAsync(Path.Combine(folder, "kustomization.yaml"), Token);
        var files = Directory.GetFiles(folder).Select(Path.GetFileName).Except(["kustomization.yaml", "embed-job.yaml"]);

        Assert.All(files, file => Assert.Contains($"- {file}\n", text, StringComparison.Ordinal));
    }

    private static async Task<T> ReadAsync<T>(string file) => KubernetesYaml.Deserialize<T>(
        await File.ReadAllTextAsync(RepositoryFiles.Path("deploy", "kubernetes", file), Token), strict: true);
}
