namespace Jina.Extensions.AI.Graph;

/// <summary>The layers of an encoder that multiply by weights, in one arithmetic. Rows are tokens: values are [batch * seq, width].</summary>
internal interface IEncoderLayers
{
    /// <summary>Looks up the token vectors of ids [batch, seq].</summary>
    string Embed(string ids);

    /// <summary>Multiplies the same rows by each of the weights.</summary>
    IReadOnlyList<string> Project(string rows, params string[] weights);

    /// <summary>Multiplies rows by a weight and adds the product to the residual stream.</summary>
    string AddProjection(string residual, string rows, string weight);

    /// <summary>Adds a block's feed-forward of the normalized rows to the residual stream.</summary>
    string AddFeedForward(string residual, string normalized, int block);
}
