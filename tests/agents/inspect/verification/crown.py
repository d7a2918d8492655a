"""CROWN for small tanh networks in numpy, to hold the program's bounds against.

Reads cases of two triples of tied inputs (at 0 and 4) and three members of 9-16-12-1, as
network_bounds_test.cc writes them; writes the lower bounds of the mean output and of its negative.
"""
import math
import sys

import numpy as np

SIZES = [9, 16, 12, 1]
TIED = [0, 4]


def layers(parameters):
    result, at = [], 0
    for rows_in, rows_out in zip(SIZES[:-1], SIZES[1:]):
        weights = parameters[at:at + rows_in * rows_out].reshape(rows_in, rows_out).T
        at += rows_in * rows_out
        result.append((weights, parameters[at:at + rows_out]))
        at += rows_out
    return result


def touching(low):
    """Where the line from (low, tanh low) touches the hill of tanh."""
    left, right = 0.0, 20.0
    for _ in range(60):
        at = (left + right) / 2
        if math.tanh(at) + (1 - math.tanh(at) ** 2) * (low - at) < math.tanh(low):
            left = at
        else:
            right = at
    return right


def above(low, high):
    """Slope and offset of the line above tanh: as the program has them, the points where lines
    touch are those of the next hundredth further out."""
    chord = (math.tanh(high) - math.tanh(low)) / (high - low)
    step = math.floor(-low * 100)
    if high <= 0 or (low < 0 and low >= -10 and high <= touching(-step / 100)):
        return chord, math.tanh(low) - chord * low
    if low < -10:
        return 0.0, 1.0
    at = (low + high) / 2 if low >= 0 else touching(-(step + 1) / 100)
    slope = 1 - math.tanh(at) ** 2
    return slope, math.tanh(at) - slope * at


def below(low, high):
    slope, offset = above(-high, -low)
    return slope, -offset


def reach(row, radius, halves):
    tied = sum(abs(row[first:first + 3] @ half) for first, half in zip(TIED, halves))
    return abs(row) @ radius + tied


def linear(network, lines, row, offset):
    """row acts on the activations of the last layer in lines; the result on the inputs."""
    for (weights, bias), (lower, upper) in reversed(list(zip(network, lines))):
        chosen = [lower[i] if value >= 0 else upper[i] for i, value in enumerate(row)]
        offset = offset + sum(value * one[1] for value, one in zip(row, chosen))
        row = np.array([value * one[0] for value, one in zip(row, chosen)])
        offset = offset + row @ bias
        row = row @ weights
    return row, offset


def least(network, centre, radius, halves, sign):
    lines = []
    for k, (weights, bias) in enumerate(network[:-1]):
        lower, upper = [], []
        for row, offset in zip(weights, bias):
            ends = []
            for direction in (1, -1):
                a, c = linear(network[:k], lines, direction * row, direction * offset)
                ends.append(direction * (a @ centre + c - reach(a, radius, halves)))
            lower.append(below(*ends))
            upper.append(above(*ends))
        lines.append((lower, upper))
    weights, bias = network[-1]
    return linear(network[:-1], lines, sign * weights[0], sign * bias[0])


def main():
    rows = [np.array([float(word) for word in line.split()]) for line in open(sys.argv[1])]
    with open(sys.argv[2], "w") as out:
        for at in range(0, len(rows), 7):
            centre, radius, halves = rows[at], rows[at + 1], rows[at + 2:at + 4]
            members = [layers(row) for row in rows[at + 4:at + 7]]
            for sign in (1, -1):
                found = [least(member, centre, radius, halves, sign) for member in members]
                row = sum(one[0] for one in found)
                offset = sum(one[1] for one in found)
                bound = (row @ centre + offset - reach(row, radius, halves)) / len(members)
                out.write(f"{bound:.17g}\n")


main()
