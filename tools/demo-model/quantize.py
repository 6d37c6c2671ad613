#!/usr/bin/env python3
"""Converts the teacher to int8, which runs about twice as fast: quantize.py MODEL.onnx INT8.onnx

Each product with a weight matrix becomes DynamicQuantizeLinear and MatMulInteger, with one scale per column of the weights.
"""
import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper

model = onnx.load(sys.argv[1])
graph = model.graph
weights = {tensor.name: tensor for tensor in graph.initializer}
nodes, quantized_inputs, replaced = [], {}, set()
for node in graph.node:
    if node.op_type != "MatMul" or node.input[1] not in weights:
        nodes.append(node)
        continue
    source, weight, result = node.input[0], node.input[1], node.output[0]
    values = numpy_helper.to_array(weights[weight]).astype(np.float32)
    scales = np.abs(values).max(axis=0) / 127
    integers = np.clip(np.round(values / scales), -127, 127).astype(np.int8)
    graph.initializer.extend([
        numpy_helper.from_array(integers, f"{result}_weights"),
        numpy_helper.from_array(scales, f"{result}_scales"),
        numpy_helper.from_array(np.zeros(values.shape[1], np.int8), f"{result}_zero"),
    ])
    replaced.add(weight)
    if source not in quantized_inputs:
        quantized_inputs[source] = [f"{source}_int8", f"{source}_scale", f"{source}_zero"]
        nodes.append(helper.make_node("DynamicQuantizeLinear", [source], quantized_inputs[source]))
    integer, scale, zero = quantized_inputs[source]
    nodes += [
        helper.make_node("MatMulInteger", [integer, f"{result}_weights", zero, f"{result}_zero"], [f"{result}_sums"]),
        helper.make_node("Cast", [f"{result}_sums"], [f"{result}_floats"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", [scale, f"{result}_scales"], [f"{result}_factor"]),
        helper.make_node("Mul", [f"{result}_floats", f"{result}_factor"], [result]),
    ]
kept = [tensor for tensor in graph.initializer if tensor.name not in replaced]
for field, values in ((graph.node, nodes), (graph.initializer, kept), (graph.output, [o for o in graph.output if o.name == "last_hidden_state"])):
    del field[:]
    field.extend(values)
onnx.save(model, sys.argv[2])
