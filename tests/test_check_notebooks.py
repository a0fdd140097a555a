"""Running, normalising and comparing notebooks."""

import base64
import copy
import io
import json

import nbformat.v4 as v4
import numpy as np
import pytest
from PIL import Image

from analysis_utils.check_notebooks import compare_notebooks
from analysis_utils.notebooks import (
    NotebookError,
    as_text,
    find_notebooks,
    normalised,
    read_notebook,
    run_notebooks,
)
from analysis_utils.study import DEFAULT_STUDY, data_folder


def picture(
    grey: float, size: tuple[int, int] = (40, 30), dot: tuple[int, int] | None = None
) -> str:
    """A plain picture, with a black dot of 5 by 5 pixels where wanted."""
    pixels = np.full((size[1], size[0], 3), round(grey * 255), dtype=np.uint8)
    if dot:
        pixels[dot[1] : dot[1] + 5, dot[0] : dot[0] + 5] = 0
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, format="png")
    return base64.b64encode(buffer.getvalue()).decode()


def notebook(data: dict, metadata: dict | None = None, printed: str = "told\n"):
    outputs = [
        v4.new_output("stream", name="stdout", text=printed),
        v4.new_output("display_data", data=data, metadata=metadata or {}),
    ]
    cell = v4.new_code_cell("tell()", id="a", outputs=outputs, execution_count=1)
    return v4.new_notebook(cells=[v4.new_markdown_cell("# Told?", id="b"), cell])


def test_the_same_outputs_do_not_differ():
    made = notebook({"text/plain": "4", "image/png": picture(0.5)})
    assert compare_notebooks(made, copy.deepcopy(made)) == []


@pytest.mark.parametrize("kind", ["text/plain", "text/html", "text/markdown"])
def test_text_is_compared_exactly(kind):
    (found,) = compare_notebooks(notebook({kind: "one\ntwo"}), notebook({kind: "one\ntwo "}))
    assert (found.cell, found.what) == (1, f"{kind} differs")
    assert found.diff == "-two\n+two "


def test_printed_text_is_compared():
    (found,) = compare_notebooks(notebook({}), notebook({}, printed="said\n"))
    assert str(found) == "code cell 1: stdout differs\n    -told\n    +said"


def picture_changes(before: str, after: str) -> list[str]:
    old, new = notebook({"image/png": before}), notebook({"image/png": after})
    return [found.what for found in compare_notebooks(old, new)]


def test_a_shade_is_no_change_and_another_size_is():
    assert picture_changes(picture(0.5), picture(0.52)) == []
    assert picture_changes(picture(0.2), picture(0.6)) == [
        "image/png: parts of the picture differ by up to 40%"
    ]
    assert picture_changes(picture(0.5), picture(0.5, size=(40, 31))) == [
        "image/png: 40x30 pixels became 40x31"
    ]


def test_one_moved_point_is_a_change():
    before, moved = picture(1, dot=(3, 3)), picture(1, dot=(20, 3))
    assert picture_changes(before, before) == []
    # 25 black pixels leave a block of 8 by 8: 39 percent.
    assert picture_changes(before, moved) == ["image/png: parts of the picture differ by up to 39%"]


def test_alternative_text_is_compared():
    same = {"image/png": picture(0.5)}
    before = notebook(same, {"image/png": {"alt": "two bars"}})
    after = notebook(same, {"image/png": {"alt": "three bars"}})
    (found,) = compare_notebooks(before, after)
    assert found.what == "image/png alt differs"


def test_changed_missing_and_uncounted_cells_are_told():
    made = notebook({"text/plain": "4"})
    shorter = v4.new_notebook(cells=made.cells[:1])
    assert [found.what for found in compare_notebooks(made, shorter)] == [
        "the cells are not the same"
    ]
    edited = copy.deepcopy(made)
    edited.cells[1].source = "other()"
    assert len(compare_notebooks(made, edited)) == 1
    uncounted = copy.deepcopy(made)
    uncounted.cells[1].execution_count = 7
    assert compare_notebooks(uncounted, made)[0].what == "was run as number 7, not 1"
    silent = copy.deepcopy(made)
    silent.cells[1].outputs = []
    assert compare_notebooks(silent, made)[0].what == "0 outputs became 2"


def test_long_differences_are_cut():
    many = "\n".join(map(str, range(100)))
    (found,) = compare_notebooks(notebook({"text/plain": ""}), notebook({"text/plain": many}))
    assert found.diff.endswith("... and 88 lines more")


def test_normalised_drops_what_differs_between_machines():
    made = notebook({"text/plain": "4"})
    made.metadata = {
        "language_info": {"name": "python", "version": "3.12.9"},
        "widgets": {"state": {}},
        "kernelspec": {"name": "my-env", "display_name": "Mine"},
    }
    made.cells[1].metadata = {"execution": {"iopub.busy": "now"}, "tags": ["keep"], "scrolled": 1}
    text = as_text(normalised(made))
    for word in ("3.12.9", "widgets", "my-env", "iopub", "scrolled"):
        assert word not in text
    assert '"keep"' in text and '"python3"' in text and text.endswith("}\n")


def test_cells_without_ids_get_steady_ones(tmp_path):
    path = tmp_path / "old.ipynb"
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["# A\n", "b"]}]
    path.write_text(
        json.dumps({"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": cells})
    )
    first, second = as_text(read_notebook(path)), as_text(read_notebook(path))
    assert first == second and '"id": "cell-1"' in first


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"nbformat": 3}', '{"nbformat": 4, "cells": [1]}', "\xff"],
)
def test_a_broken_file_is_told_by_name(tmp_path, content):
    path = tmp_path / "5_broken.ipynb"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(NotebookError, match=r"5_broken\.ipynb"):
        read_notebook(path)


def test_a_missing_notebook_and_a_missing_folder(tmp_path):
    with pytest.raises(NotebookError, match="no such notebook"):
        read_notebook(tmp_path / "none.ipynb")
    with pytest.raises(NotebookError, match="no notebooks"):
        find_notebooks(tmp_path)


@pytest.mark.slow
def test_kernels_see_the_study_and_end_in_their_own_ways(tmp_path):
    sources = {
        "1_study": "import os; print(os.environ['FRAMING_STUDY'], os.getcwd())",
        "2_dies": "import os; os.kill(os.getpid(), 9)",
        "3_syntax": "if True print",
        "4_raises": "def inner():\n    return {}['outlet']\n\ninner()",
    }
    for name, source in sources.items():
        made = v4.new_notebook(cells=[v4.new_code_cell(source, id="a")])
        (tmp_path / f"{name}.ipynb").write_text(as_text(made))
    (tmp_path / "5_broken.ipynb").write_text("{")
    study = data_folder() / DEFAULT_STUDY
    runs = {run.path.stem: run for run in run_notebooks(find_notebooks(tmp_path), study)}
    (printed,) = runs["1_study"].notebook.cells[0].outputs
    assert printed.text == f"{study} {tmp_path}\n" and runs["1_study"].failure is None
    failures = {name: str(run.failure) for name, run in runs.items() if run.failure}
    assert failures["2_dies"].startswith("code cell 1: the kernel died")
    assert failures["3_syntax"] == "code cell 1: SyntaxError: invalid syntax (line 1)"
    assert failures["4_raises"] == "code cell 1: KeyError: 'outlet'"
    assert runs["4_raises"].failure.line == "inner()"
    assert failures["5_broken"].startswith("this is no readable notebook")
