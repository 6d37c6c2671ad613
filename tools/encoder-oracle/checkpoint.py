"""Reads a T5 model directory in Hugging Face layout into float64 tensors, without the safetensors or transformers packages."""
import json
import struct
from pathlib import Path

import torch

DTYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


def read_safetensors(path):
    data = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        flat = torch.frombuffer(bytearray(data[start:end]), dtype=DTYPES[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"]).double()
    return tensors


def read_folder(folder):
    """Returns the tensors of model.safetensors, or else of pytorch_model.bin, as float64."""
    folder = Path(folder)
    if (folder / "model.safetensors").exists():
        return read_safetensors(folder / "model.safetensors")
    state = torch.load(folder / "pytorch_model.bin", map_location="cpu")
    return {name: tensor.double() for name, tensor in state.items()}
