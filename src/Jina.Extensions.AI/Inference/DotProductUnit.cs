using System.Runtime.Intrinsics.X86;

namespace Jina.Extensions.AI.Inference;

/// <summary>What this processor multiplies bytes with.</summary>
internal static class DotProductUnit
{
    /// <summary>
    /// Gets whether sums of int8 products saturate at 16 bits: on x86 without VNNI (AVX-512 VNNI or AVX-VNNI). The bits
    /// are those of CPUID leaf 7 (Intel SDM, volume 2A).
    /// </summary>
    public static bool Saturates { get; } =
        X86Base.IsSupported && !HasBit(X86Base.CpuId(7, 0).Ecx, 11) && !HasBit(X86Base.CpuId(7, 1).Eax, 4);

    private static bool HasBit(int register, int bit) => (register >> bit & 1) == 1;
}
