"""Computes the relative-position buckets of T5 with float32 logarithms, like the published Python implementation."""
import math

import torch


def relative_buckets(offsets, buckets, max_distance):
    """Returns the bidirectional bucket of each offset. offsets: int64 tensor of key position minus query position."""
    half = buckets // 2
    exact = half // 2
    distance = offsets.abs()
    ratio = torch.log(distance.float() / exact) / math.log(max_distance / exact)
    # The cast to integers truncates. Distance 0 gives -inf here, but uses the exact branch below.
    far = exact + (ratio.clamp(min=0) * (half - exact)).to(torch.long)
    far = far.clamp(max=half - 1)
    return torch.where(distance < exact, distance, far) + (offsets > 0).long() * half
