"""Checks an exported policy with memory with the onnx package and plays it with NumPy.

memory_policy_reader.py MODEL OBSERVATIONS REPORT: OBSERVATIONS is a JSON list of episodes, each a list of
observations. Every episode begins with a state of zeros; the actions go to REPORT in the same shape. Fails if the
package refuses the model.
"""

import json
import pathlib
import sys

import numpy
import onnx
from onnx import numpy_helper


def sliced(data, starts, ends, axes):
    index = [slice(None)] * data.ndim
    for start, end, axis in zip(starts, ends, axes):
        index[axis] = slice(start, end)
    return data[tuple(index)]


def reshaped(data, shape):
    return data.reshape([data.shape[i] if size == 0 else size for i, size in enumerate(shape)])


def softmax(scores, axis):
    powers = numpy.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


OPERATORS = {
    "Add": numpy.add,
    "Sub": numpy.subtract,
    "Mul": numpy.multiply,
    "Div": numpy.divide,
    "Clip": numpy.clip,
    "Gemm": lambda a, b, c: a @ b + c,
    "MatMul": numpy.matmul,
    "Tanh": numpy.tanh,
    "Sqrt": numpy.sqrt,
    "Sigmoid": lambda a: 1 / (1 + numpy.exp(-a)),
    "Relu": lambda a: numpy.maximum(a, 0),
    "Identity": lambda a: a,
    "Softmax": softmax,
    "Slice": sliced,
    "Reshape": reshaped,
    "Transpose": lambda a, perm: numpy.transpose(a, perm),
    "Concat": lambda *parts, axis: numpy.concatenate(parts, axis=axis),
    "ReduceMean": lambda a, axes, keepdims: numpy.mean(a, axis=tuple(axes), keepdims=bool(keepdims)),
}


def step(graph, constants, observation, state):
    values = {**constants, "observation": observation, "state": state}
    for node in graph.node:
        attributes = {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute}
        inputs = [values[name] for name in node.input]
        values[node.output[0]] = OPERATORS[node.op_type](*inputs, **attributes)
    assert values["next_state"].shape == state.shape
    return values["action"], values["next_state"]


path, observations, report = map(pathlib.Path, sys.argv[1:])
loaded = onnx.load(str(path))
onnx.checker.check_model(loaded, full_check=True)
constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in loaded.graph.initializer}
metadata = {entry.key: entry.value for entry in loaded.metadata_props}
described = json.loads(metadata["lookout.state"])
assert [port.name for port in loaded.graph.input] == ["observation", described["input"]]
played = []
for episode in json.loads(observations.read_text()):
    # The same world twice side by side, to see that a batch is computed row by row.
    state = numpy.zeros((2, described["length"]), dtype=numpy.float32)
    actions = []
    for observation in episode:
        rows = numpy.asarray([observation, observation], dtype=numpy.float32)
        action, state = step(loaded.graph, constants, rows, state)
        assert numpy.allclose(action[0], action[1], atol=1e-5)
        actions.append(action[0].tolist())
    played.append(actions)
report.write_text(json.dumps({"actions": played, "metadata": metadata}))
