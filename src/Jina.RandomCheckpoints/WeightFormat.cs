namespace Jina.RandomCheckpoints;

/// <summary>Specifies the file format of a written checkpoint.</summary>
public enum WeightFormat
{
    /// <summary><c>model.safetensors</c>.</summary>
    Safetensors,

    /// <summary><c>pytorch_model.bin</c>, in the format of torch.save.</summary>
    TorchZip,
}
