#!/usr/bin/python3
"""Quantizes the products of an ONNX file to int8 as ONNX Runtime's dynamic quantization does: one scale per tensor.

usage: quantize_onnx.py IN.onnx OUT.onnx      (needs Debian's python3-onnx)
"""
import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper


def quantize(graph):
    weights = {tensor.name: tensor for tensor in graph.initializer}
    nodes, quantized = [], {}
    for node in graph.node:
        if node.op_type != "MatMul" or node.input[1] not in weights:
            nodes.append(node)
            continue
        weight = weights[node.input[1]]
        name, rows = weight.name, node.input[0]
        if name not in quantized:
            quantized[name] = values(graph, numpy_helper.to_array(weight), name)
        if rows not in quantized:
            quantized[rows] = [f"{rows}_{part}" for part in ("int8", "scale", "zero")]
            nodes.append(helper.make_node("DynamicQuantizeLinear", [rows], quantized[rows]))
        product, scale, out = f"{node.output[0]}_product", f"{node.output[0]}_scale", node.output[0]
        steps, row_scale, row_zero = quantized[rows]
        matrix, matrix_scale, matrix_zero = quantized[name]
        nodes += [
            helper.make_node("MatMulInteger", [steps, matrix, row_zero, matrix_zero], [product]),
            helper.make_node("Cast", [product], [f"{product}_float"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Mul", [row_scale, matrix_scale], [scale]),
            helper.make_node("Mul", [f"{product}_float", scale], [out]),
        ]
    del graph.node[:]
    graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    for tensor in [tensor for tensor in graph.initializer if tensor.name not in used]:
        graph.initializer.remove(tensor)


def values(graph, weight, name):
    scale = np.float32(np.abs(weight).max() / 127)
    arrays = {f"{name}_int8": np.rint(weight / scale).astype(np.int8), f"{name}_scale": scale, f"{name}_zero": np.int8(0)}
    graph.initializer.extend(numpy_helper.from_array(np.asarray(array), part) for part, array in arrays.items())
    return list(arrays)


def main():
    model = onnx.load(sys.argv[1])
    quantize(model.graph)
    onnx.save(model, sys.argv[2])


if __name__ == "__main__":
    main()
