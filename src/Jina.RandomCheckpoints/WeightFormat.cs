namespace Jina.RandomCheckpoints;

/// <summary>The file format of a written checkpoint.</summary>
public enum WeightFormat
{
    /// <summary><c>model.safetensors</c>.</summary>
    Safetensors,

    /// <summary><c>pytorch_model.bin</c>, as torch.save writes it.</summary>
    TorchZip,
}
