"""Checks an exported cost model with the onnx package and computes it with NumPy.

cost_model_reader.py MODEL OBSERVATIONS REPORT: OBSERVATIONS is a JSON list of rows. What the graph
makes of them, and the metadata, go to REPORT as JSON. Fails if the package refuses the model.
"""

import json
import pathlib
import sys

import numpy
import onnx
from onnx import numpy_helper


def reduced(operation):
    return lambda a, axes, keepdims: operation(a, axis=tuple(axes), keepdims=bool(keepdims))


def sliced(data, starts, ends, axes):
    index = [slice(None)] * data.ndim
    for start, end, axis in zip(starts, ends, axes):
        index[axis] = slice(start, end)
    return data[tuple(index)]


OPERATORS = {
    "Add": numpy.add,
    "Sub": numpy.subtract,
    "Mul": numpy.multiply,
    "Div": numpy.divide,
    "Clip": numpy.clip,
    "Gemm": lambda a, b, c: a @ b + c,
    "Tanh": numpy.tanh,
    "Sqrt": numpy.sqrt,
    "Sigmoid": lambda a: 1 / (1 + numpy.exp(-a)),
    "Slice": sliced,
    "Gather": lambda data, indices, axis: numpy.take(data, indices, axis=axis),
    "Concat": lambda *parts, axis: numpy.concatenate(parts, axis=axis),
    "ReduceMax": reduced(numpy.max),
    "ReduceMean": reduced(numpy.mean),
    "ReduceSum": reduced(numpy.sum),
    "ArgMax": lambda a, axis, keepdims: numpy.expand_dims(numpy.argmax(a, axis=axis), axis),
}


def run(graph, observations):
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    values["observation"] = numpy.asarray(observations, dtype=numpy.float32)
    for node in graph.node:
        attributes = {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute}
        inputs = [values[name] for name in node.input]
        values[node.output[0]] = OPERATORS[node.op_type](*inputs, **attributes)
    return {port.name: values[port.name] for port in graph.output}


path, observations, report = map(pathlib.Path, sys.argv[1:])
loaded = onnx.load(str(path))
onnx.checker.check_model(loaded, full_check=True)
found = {name: value.tolist() for name, value in run(loaded.graph, json.loads(observations.read_text())).items()}
found["metadata"] = {entry.key: entry.value for entry in loaded.metadata_props}
report.write_text(json.dumps(found))
