"""Writes the 8-bit student again with operators that give the same bits on every processor.

Rounding to 8 bits magnifies: where a last bit differs before it, a whole step may differ after
it.  Kernels for ``Softmax``, ``Exp``, ``Erf``, ``LayerNormalization`` and for products of matrices
of fractions add and round otherwise on every kind of processor.  So before a rounding this graph
holds nothing but

- operators on single numbers that IEEE 754 defines to the last bit (sum, product, quotient,
  square root, rounding, the larger of two), of which curves are made too;
- sums of whole numbers that are exact in any order: 8-bit products in 32 bits
  (``MatMulInteger``), or whole numbers in floating point that stay small enough.

What floating point adds up is rounded to whole steps first, ten bits for queries, keys and values
and fourteen for the weights of attention: far finer than the 8 bits that follow.

    python -m training.target_sentiment.same_bits QUANTISED.onnx WRITTEN.onnx FOLDER

with the folder of labelled sentences, of which some tell how far queries, keys and values reach.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from analysis_utils.measures.target_sentiment.newsmtsc import read_examples
from analysis_utils.measures.target_sentiment.pieces import BLANK, MOST_PIECES, encode, wordpieces

OPSET = 17

#: Of the labelled sentences one in so many is tried.
TRIED_EVERY = 10

EPSILON = 1e-5

#: Whole steps of queries, keys and values on either side of zero: 64 products of two of them stay
#: below 2**24, up to which 32-bit floating point holds every whole number.
MOST = 511

#: What the weights of attention add up to; ``MOST`` times as much stays below 2**24 too.
ONE = 2**14

#: States are kept in steps of one over this, and none counts as farther from zero than that: the
#: squares of 768 of them then add up to less than 2**53, what 64-bit floating point holds.
FINE, FINE_END = 2**12, 2**21

#: The same for states, and for weights of distances, of up to 160 blanks, in 32 bits.
COARSE, COARSE_END = 2**10, 2**16

#: How much farther than in the sentences tried a query, key or value may reach.
ROOM = 1.25

#: Complementary error function, 1 / (1 + a z + b z**2 + c z**3 + d z**4)**4 for z from 0 on, at
#: most 0.0005 off (Abramowitz and Stegun 1964, 7.1.27).
ERFC = (0.278393, 0.230389, 0.000972, 0.078108)

#: Exponential of z / 16, z from 0 on; its sixteenth power is 0.02 per cent off at z = 4.
EXP = (1.0, 1 / 2, 1 / 6, 1 / 24)

#: The hyperbolic tangent is read from a table with so many rows a unit, as far as this.
TANH_STEPS, TANH_END = 2**10, 9


def with_same_bits(quantised: Path, path: Path, tried: Sequence[Sequence[int]]) -> None:
    """Write the model of a file that ``export.quantise`` made again, into another file.

    ``tried`` are the pieces of some sentences.
    """
    model = onnx.load(quantised)
    weights = Weights(model, _reach(model, tried))
    onnx.save(_student(weights), path)


class Linear(NamedTuple):
    """A linear layer in 8 bits: whole numbers (in by out), their scales and the bias (out)."""

    whole: np.ndarray
    scales: np.ndarray
    bias: np.ndarray

    def times(self, factor: np.ndarray | float) -> Linear:
        """The layer whose results are as many times as large, by number or all alike."""
        scales, bias = self.scales * factor, self.bias * factor
        return Linear(self.whole, scales.astype(np.float32), bias.astype(np.float32))

    def of(self, unit: float) -> Linear:
        """The layer with the same results that is given numbers as many times as large."""
        return self._replace(scales=(self.scales / unit).astype(np.float32))


def side_by_side(layers: Sequence[Linear]) -> Linear:
    """Layers that are given the same as one."""
    whole, scales, bias = zip(*layers, strict=True)
    return Linear(np.concatenate(whole, axis=1), np.concatenate(scales), np.concatenate(bias))


class Weights:
    """The weights of the quantised student, by the names that the student gives them."""

    def __init__(self, model: onnx.ModelProto, reach: Mapping[str, np.ndarray]) -> None:
        self._stored = _stored(model)
        self._products = {name: product for name, product, _ in _linear_layers(model)}
        self._reach = reach
        self.temperature = _temperature(model)
        self.size, self.heads = len(self["upper.mark"]), _heads(model)

    def __getitem__(self, name: str) -> np.ndarray:
        return self._stored[name].astype(np.float32)

    def bytes(self, name: str) -> np.ndarray:
        """Weights that are no fractions, as they are."""
        return self._stored[name]

    def layer(self, name: str) -> Linear:
        """A linear layer; weights must be scaled alike to both sides of zero."""
        product = self._products[name]
        assert not self._stored[f"{product}_zero_point"].any(), name
        whole, scales = (self._stored[f"{product}_{kind}"] for kind in ("quantized", "scale"))
        return Linear(whole, scales, self[f"{name}.bias"])

    def layers(self, part: str) -> list[str]:
        """Names of the layers of a part, ``lower`` or ``upper``, from the first on."""
        found = {name.rpartition(".")[0] for name in self._products}
        return sorted(name for name in found if name.startswith(f"{part}.layers."))

    def steps(self, name: str) -> np.ndarray:
        """How many steps of a query, key or value make a unit, by head."""
        return (MOST / self._reach[name]).astype(np.float32)


def _stored(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    """Weights by name; the exporter stores equal ones once, and gives them further names."""
    found = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "Identity" and node.input[0] in found:
            found[node.output[0]] = found[node.input[0]]
    return found


def _linear_layers(model: onnx.ModelProto) -> Iterator[tuple[str, str, str]]:
    """Name, weights and result of each linear layer: its product has no name, its bias has."""
    stored = _stored(model)
    user = {name: node for node in model.graph.node for name in node.input}
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            added = user[user[user[node.output[0]].output[0]].output[0]]
            (bias,) = (each for each in added.input if each in stored)
            product = node.input[1].removesuffix("_quantized")
            yield bias.removesuffix(".bias"), product, added.output[0]


def _heads(model: onnx.ModelProto) -> int:
    """Heads of attention: each has a weight of its own for a distance."""
    return _stored(model)["lower.distances.weight"].shape[1]


def _temperature(model: onnx.ModelProto) -> np.ndarray:
    """What the scores are divided by before the last softmax."""
    made_by = {name: node for node in model.graph.node for name in node.output}
    softmax = made_by[model.graph.output[0].name]
    divisor = made_by[made_by[softmax.input[0]].input[1]]
    return numpy_helper.to_array(divisor.attribute[0].t)


def _reach(model: onnx.ModelProto, tried: Sequence[Sequence[int]]) -> dict[str, np.ndarray]:
    """How far from zero queries, keys and values come in some sentences, with room, by head."""
    results = {
        name: result
        for name, _, result in _linear_layers(model)
        if name.endswith((".query", ".key", ".value"))
    }
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    watched.graph.output.extend(onnx.ValueInfoProto(name=name) for name in results.values())
    session = onnxruntime.InferenceSession(
        watched.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    heads = _heads(model)
    farthest = dict.fromkeys(results, np.zeros(heads))
    for row in tried:
        found = session.run(list(results.values()), {"pieces": [row]})
        for name, numbers in zip(results, found, strict=True):
            by_head = np.abs(numbers).reshape(numbers.shape[1], heads, -1)
            of_heads = by_head.max(axis=(0, 2))
            farthest[name] = np.maximum(farthest[name], of_heads)
    return {name: ROOM * reached for name, reached in farthest.items()}


class Graph:
    """Collects operators and constants; each call adds one and returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def __call__(self, operator: str, *inputs: str | np.ndarray | float, **settings) -> str:
        result = settings.pop("result", f"{operator}_{len(self.nodes)}")
        names = [each if isinstance(each, str) else self.constant(each) for each in inputs]
        self.nodes.append(helper.make_node(operator, names, [result], **settings))
        return result

    def quantise(self, given: str) -> tuple[str, str, str]:
        """Numbers rounded to 8 bits, with their step and their zero."""
        results = tuple(f"{name}_{len(self.nodes)}" for name in ("rounded", "step", "zero"))
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [given], results))
        return results

    def constant(self, value: np.ndarray | float) -> str:
        """The name of a constant; equal ones are stored once."""
        array = np.asarray(value, dtype=np.float32 if type(value) is float else None)
        tensor = numpy_helper.from_array(array)
        for name, known in self.constants.items():
            if known.SerializeToString() == tensor.SerializeToString():
                return name
        name = f"constant_{len(self.constants)}"
        self.constants[name] = tensor
        return name

    def model(self) -> onnx.ModelProto:
        """The finished model, from ``pieces`` (pairs by length) to ``probabilities``."""
        for name, tensor in self.constants.items():
            tensor.name = name
        pieces = helper.make_tensor_value_info("pieces", TensorProto.INT64, ["pairs", "length"])
        result = helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["pairs", 3])
        graph = helper.make_graph(
            self.nodes, "target_sentiment", [pieces], [result], list(self.constants.values())
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = 8
        onnx.checker.check_model(model)
        return model


def _student(weights: Weights) -> onnx.ModelProto:
    """The whole student: its layers as in :mod:`training.target_sentiment.student`."""
    add = Graph()
    length = add("Gather", add("Shape", "pieces"), _whole(1), axis=0)
    blank = _whole(wordpieces().token_to_id(BLANK))
    target = add("Cast", add("Equal", "pieces", blank), to=TensorProto.FLOAT)
    bias = _bias(add, weights, length)
    states = _embedded(add, weights, length)
    for name in weights.layers("lower"):
        states = _layer(add, weights, name, states, states, bias)
    mark = weights["upper.mark"] * FINE
    states = add("Add", states, add("Mul", add("Unsqueeze", target, _whole([2])), mark))
    *upper, last = weights.layers("upper")
    for name in upper:
        states = _layer(add, weights, name, states, states, bias)
    seekers = _ends(add, target, states, FINE)
    bias = _ends(add, add("Unsqueeze", target, _whole([1])), bias, 1)
    states = _layer(add, weights, last, seekers, states, bias)
    joined = add("Reshape", states, _whole([0, 2 * weights.size]))
    joined = _tanh(add, _linear(add, joined, weights.layer("upper.head.join").of(FINE)))
    scores = _linear(add, joined, weights.layer("upper.head.score"))
    # The last softmax may differ in its last bits: nothing is rounded after it.
    add("Softmax", add("Div", scores, weights.temperature), axis=1, result="probabilities")
    return add.model()


def _whole(value: int | list[int]) -> np.ndarray:
    return np.array(value, dtype=np.int64)


def _embedded(add: Graph, weights: Weights, length: str) -> str:
    """The first states: words of 4 bits, two in each byte, and what stands for their places."""
    words = add("Gather", weights.bytes("lower.words.bytes"), "pieces")
    byte = add("Cast", words, to=TensorProto.FLOAT)
    high = add("Floor", add("Mul", byte, 1 / 16))
    low = add("Sub", byte, add("Mul", high, 16.0))
    steps = add("Sub", add("Concat", high, low, axis=-1), 8.0)
    scales = add("Gather", weights["lower.words.scale"] * FINE, "pieces")
    end = add("Unsqueeze", length, _whole([0]))
    places = add("Slice", weights.bytes("lower.places"), _whole([0]), end, _whole([0]))
    places = add("Mul", add("Cast", places, to=TensorProto.FLOAT), float(FINE))
    return _normed(add, weights, "lower.norm", add("Add", add("Mul", steps, scales), places))


def _bias(add: Graph, weights: Weights, length: str) -> str:
    """What is added to attention for the distance of two pieces: 1 by heads by length by length.

    Whole steps of one over ``COARSE``, so that sums over blanks are exact.
    """
    apart = np.arange(1 - MOST_PIECES, MOST_PIECES)
    by_distance = weights["lower.distances.weight"][buckets(apart)]
    table = np.round(by_distance * COARSE).astype(np.float32) / np.float32(COARSE)
    place = add("Range", _whole(0), length, _whole(1))
    rows, columns = (add("Unsqueeze", place, _whole([axis])) for axis in (1, 0))
    row = add("Add", add("Sub", columns, rows), _whole(MOST_PIECES - 1))
    by_head = add("Transpose", add("Gather", table, row), perm=[2, 0, 1])
    return add("Unsqueeze", by_head, _whole([0]))


def buckets(distance: np.ndarray, half: int = 16, farthest: int = 128) -> np.ndarray:
    """The bucket of each distance, counted as in the encoder that learnt with them."""
    later, steps = (distance > 0) * half, np.abs(distance)
    exact = half // 2
    ratio = np.log((np.maximum(steps, 1) / exact).astype(np.float32))
    far = ratio / np.float32(np.log(farthest / exact)) * np.float32(half - exact)
    return later + np.where(steps < exact, steps, np.minimum(exact + far.astype(int), half - 1))


def _layer(add: Graph, weights: Weights, name: str, seekers: str, states: str, bias: str) -> str:
    """New states of the seekers, which attend to all states."""
    attended = _attended(add, weights, name, seekers, states, bias)
    mixed = _linear(add, attended, weights.layer(f"{name}.mix").times(FINE))
    states = _normed(add, weights, f"{name}.after_attention", add("Add", seekers, mixed))
    inner = _gelu(add, _linear(add, states, weights.layer(f"{name}.up").of(FINE)))
    outer = _linear(add, inner, weights.layer(f"{name}.down").times(FINE))
    return _normed(add, weights, f"{name}.after_words", add("Add", states, outer))


def _attended(add: Graph, weights: Weights, name: str, seekers: str, states: str, bias: str) -> str:
    """What the seekers take from all states, head by head."""
    names = [f"{name}.{part}" for part in ("query", "key", "value")]
    if seekers == states:
        query, key, value = _in_steps(add, weights, names, states)
    else:
        (query,) = _in_steps(add, weights, names[:1], seekers)
        key, value = _in_steps(add, weights, names[1:], states)
    of_query, of_key, of_value = (weights.steps(each)[:, None, None] for each in names)
    products = add(
        "MatMul", _by_head(add, weights, query), _by_head(add, weights, key, turned=True)
    )
    scores = add("Mul", products, (weights.size // weights.heads) ** -0.5 / (of_query * of_key))
    weight = _softmax(add, add("Add", scores, bias))
    taken = add("Mul", add("MatMul", weight, _by_head(add, weights, value)), 1 / (of_value * ONE))
    return add("Reshape", add("Transpose", taken, perm=[0, 2, 1, 3]), _whole([0, 0, weights.size]))


def _in_steps(add: Graph, weights: Weights, names: Sequence[str], states: str) -> list[str]:
    """Queries, keys or values as whole steps, none of more than ``MOST``."""
    layers = [
        weights.layer(name)
        .of(FINE)
        .times(np.repeat(weights.steps(name), weights.size // weights.heads))
        for name in names
    ]
    numbers = _linear(add, states, side_by_side(layers))
    steps = add("Clip", add("Round", numbers), float(-MOST), float(MOST))
    starts = [place * weights.size for place in range(len(names))]
    return [
        add("Slice", steps, _whole([start]), _whole([start + weights.size]), _whole([2]))
        for start in starts
    ]


def _by_head(add: Graph, weights: Weights, numbers: str, turned: bool = False) -> str:
    """Pairs by heads by pieces by numbers of a head, or the last two the other way round."""
    apart = add("Reshape", numbers, _whole([0, 0, weights.heads, weights.size // weights.heads]))
    return add("Transpose", apart, perm=[0, 2, 3, 1] if turned else [0, 2, 1, 3])


def _softmax(add: Graph, scores: str) -> str:
    """Weights of attention in whole steps that add up to about ``ONE``."""
    below = add("Sub", add("ReduceMax", scores, axes=[-1], keepdims=1), scores)
    growth = _polynomial(add, below, [c / 16**power for power, c in enumerate(EXP, start=1)])
    for _ in range(4):
        growth = add("Mul", growth, growth)
    shares = add("Round", add("Div", float(ONE), growth))
    total = add("ReduceSum", shares, _whole([-1]), keepdims=1)
    return add("Round", add("Mul", shares, add("Div", float(ONE), total)))


def _gelu(add: Graph, numbers: str) -> str:
    """Gaussian error linear unit (Hendrycks and Gimpel 2016): the number times the share of a
    normal distribution below it."""
    size = add("Abs", numbers)
    growth = _polynomial(add, size, [c / 2 ** (power / 2) for power, c in enumerate(ERFC, start=1)])
    for _ in range(2):
        growth = add("Mul", growth, growth)
    beyond = add("Div", add("Mul", size, 0.5), growth)
    return add("Sub", add("Max", numbers, 0.0), beyond)


def _polynomial(add: Graph, numbers: str, factors: Sequence[float]) -> str:
    """1 + a z + b z**2 and so on, by Horner's rule."""
    *others, last = factors
    total = add("Mul", numbers, float(last))
    for factor in reversed(others):
        total = add("Mul", add("Add", total, float(factor)), numbers)
    return add("Add", total, 1.0)


def _tanh(add: Graph, numbers: str) -> str:
    end = TANH_END * TANH_STEPS
    table = np.tanh(np.arange(-end, end + 1) / TANH_STEPS).astype(np.float32)
    row = add("Round", add("Mul", numbers, float(TANH_STEPS)))
    row = add("Add", add("Clip", row, float(-end), float(end)), float(end))
    return add("Gather", table, add("Cast", row, to=TensorProto.INT32))


def _ends(add: Graph, target: str, numbers: str, unit: int) -> str:
    """Of numbers by piece: those of the first piece, and the mean of those of the blanks."""
    blanks = add("Unsqueeze", target, _whole([-2]))
    steps = add("Round", add("Mul", numbers, COARSE / unit))
    steps = add("Clip", steps, float(-COARSE_END), float(COARSE_END))
    count = add("ReduceSum", blanks, _whole([-1]), keepdims=1)
    mean = add("Div", add("MatMul", blanks, steps), add("Mul", count, COARSE / unit))
    first = add("Slice", numbers, _whole([0]), _whole([1]), _whole([-2]))
    return add("Concat", first, mean, axis=-2)


def _linear(add: Graph, given: str, layer: Linear) -> str:
    """A linear layer: what it is given is rounded to 8 bits, by its own least and largest."""
    rounded, step, zero = add.quantise(given)
    products = add("MatMulInteger", rounded, layer.whole, zero)
    scale = add("Mul", step, layer.scales)
    return add("Add", add("Mul", add("Cast", products, to=TensorProto.FLOAT), scale), layer.bias)


def _normed(add: Graph, weights: Weights, name: str, states: str) -> str:
    """Layer normalisation (Ba, Kiros and Hinton 2016), from exact sums in 64 bits."""
    steps = add("Clip", add("Round", states), float(-FINE_END), float(FINE_END))
    exact = add("Cast", steps, to=TensorProto.DOUBLE)
    size = np.float64(weights.size)
    mean, of_squares = (
        add("Div", add("ReduceSum", each, _whole([-1]), keepdims=1), size)
        for each in (exact, add("Mul", exact, exact))
    )
    variance = add("Sub", of_squares, add("Mul", mean, mean))
    spread = add("Sqrt", add("Add", variance, np.float64(EPSILON * FINE**2)))
    centred = add("Sub", steps, add("Cast", mean, to=TensorProto.FLOAT))
    normed = add("Div", centred, add("Cast", spread, to=TensorProto.FLOAT))
    scaled = add("Mul", normed, weights[f"{name}.weight"] * FINE)
    return add("Add", scaled, weights[f"{name}.bias"] * FINE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("quantised", type=Path)
    parser.add_argument("written", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    examples = read_examples(options.folder / "train.jsonl")[::TRIED_EVERY]
    tried = [encode(each.sentence, each.target) for each in examples]
    with_same_bits(options.quantised, options.written, tried)


if __name__ == "__main__":
    main()
