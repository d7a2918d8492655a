"""A (gated) Transformer-XL in numpy, to hold the program's network against.

Reads the sizes, the parameters and the observations of one episode, a step a line, as
transformer_reference_test.cc writes them; writes the outputs. Goes step by step and keeps every
layer's raw inputs, from which keys and values are computed anew at each step.
"""
import sys

import numpy as np


class Parameters:
    def __init__(self, values):
        self.values, self.at = values, 0

    def matrix(self, rows, columns):
        self.at += rows * columns
        return self.values[self.at - rows * columns:self.at].reshape(columns, rows).T

    def vector(self, size):
        return self.matrix(size, 1)[:, 0]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def layer_norm(x, gain, offset):
    return gain * (x - x.mean()) / np.sqrt(x.var() + 1e-5) + offset


def sinusoid(distance, width):
    rates = 1 / 10000 ** (np.arange(0, width, 2) / width)
    return np.concatenate([np.sin(distance * rates), np.cos(distance * rates)])


class Gate:
    def __init__(self, p, width):
        self.w_r, self.w_z, self.w_h = np.split(p.matrix(3 * width, width), 3)
        self.u_r, self.u_z, self.u_h = np.split(p.matrix(3 * width, width), 3)
        self.b = p.vector(width)

    def __call__(self, x, y):
        r = sigmoid(self.w_r @ y + self.u_r @ x)
        z = sigmoid(self.w_z @ y + self.u_z @ x - self.b)
        h = np.tanh(self.w_h @ y + self.u_h @ (r * x))
        return (1 - z) * x + z * h


class Layer:
    def __init__(self, p, width, heads, memory, gated):
        self.width, self.heads, self.memory = width, heads, memory
        self.norm1 = p.vector(width), p.vector(width)
        self.w_q = p.matrix(width, width)
        self.w_k, self.w_v = np.split(p.matrix(2 * width, width), 2)
        self.w_r, self.w_o = p.matrix(width, width), p.matrix(width, width)
        self.u, self.v = p.vector(width), p.vector(width)
        self.gate1 = Gate(p, width) if gated else lambda x, y: x + y
        self.norm2 = p.vector(width), p.vector(width)
        self.w1, self.b1 = p.matrix(width, width), p.vector(width)
        self.w2, self.b2 = p.matrix(width, width), p.vector(width)
        self.gate2 = Gate(p, width) if gated else lambda x, y: x + y
        self.past = []

    def attention(self, x):
        q = self.w_q @ layer_norm(x, *self.norm1)
        tokens = self.past[-self.memory:] + [x]
        size = self.width // self.heads
        heads = []
        for h in range(self.heads):
            rows = slice(h * size, (h + 1) * size)
            scores, values = [], []
            for j, token in enumerate(tokens):
                n = layer_norm(token, *self.norm1)
                r = self.w_r @ sinusoid(len(tokens) - 1 - j, self.width)
                scores.append(((q + self.u)[rows] @ (self.w_k @ n)[rows] +
                               (q + self.v)[rows] @ r[rows]) / np.sqrt(size))
                values.append((self.w_v @ n)[rows])
            weights = np.exp(np.array(scores) - max(scores))
            heads.append(weights / weights.sum() @ np.array(values))
        return self.w_o @ np.concatenate(heads)

    def __call__(self, x):
        y = self.gate1(x, np.maximum(self.attention(x), 0))
        self.past.append(x)
        hidden = np.maximum(self.w1 @ layer_norm(y, *self.norm2) + self.b1, 0)
        return self.gate2(y, np.maximum(self.w2 @ hidden + self.b2, 0))


def main():
    with open(sys.argv[1]) as file:
        lines = [np.array(line.split(), dtype=float) for line in file]
    inputs, outputs, layers, width, heads, memory, gated = lines[0].astype(int)
    p = Parameters(lines[1])
    w_in, b_in = p.matrix(width, inputs), p.vector(width)
    stack = [Layer(p, width, heads, memory, gated) for _ in range(layers)]
    w_out, b_out = p.matrix(outputs, width), p.vector(outputs)
    assert p.at == len(p.values)
    with open(sys.argv[2], "w") as file:
        for observation in lines[2:]:
            e = np.tanh(w_in @ observation + b_in)
            for layer in stack:
                e = layer(e)
            print(*(w_out @ e + b_out), file=file)


main()
