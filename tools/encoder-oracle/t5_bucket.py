"""Relative-position buckets of T5, in the arithmetic of the published Python implementation: float32 logarithms."""
import math

import torch


def relative_buckets(offsets, buckets, max_distance):
    """offsets: int64 tensor of key position minus query position. Returns the bucket of each, bidirectional."""
    half = buckets // 2
    exact = half // 2
    distance = offsets.abs()
    ratio = torch.log(distance.float() / exact) / math.log(max_distance / exact)
    # The cast to integers truncates; distance 0 gives -inf here but takes the exact branch below.
    far = exact + (ratio.clamp(min=0) * (half - exact)).to(torch.long)
    far = far.clamp(max=half - 1)
    return torch.where(distance < exact, distance, far) + (offsets > 0).long() * half
