namespace Jina.Extensions.AI.Graph;

/// <summary>Defines the layers of an encoder that multiply by weights. Values are rows of tokens: [batch * seq, width].</summary>
internal interface IEncoderLayers
{
    /// <summary>Adds a lookup of the token vectors of IDs [batch, seq].</summary>
    string Embed(string ids);

    /// <summary>Multiplies the same rows by each of several weights.</summary>
    IReadOnlyList<string> Project(string rows, params string[] weights);

    /// <summary>Multiplies rows by a weight and adds the product to the residual stream.</summary>
    string AddProjection(string residual, string rows, string weight);

    /// <summary>Adds a block's feed-forward of normalized rows to the residual stream.</summary>
    string AddFeedForward(string residual, string normalized, int block);
}
