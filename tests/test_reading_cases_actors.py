"""Whom articles speak of: kinds of fault that were found by reading, each with its relatives."""

import pytest

from analysis_utils.annotation.corpus import load_corpus
from analysis_utils.own_study.building import new_study


@pytest.mark.parametrize("sign", ["\ufeff", "\u200b", "\u00ad"])
def test_a_mark_that_does_not_show_is_no_text(sign, tmp_path):
    told = f"The harbour {sign}board of Port{sign}Ellan met on Monday, and Ann North spoke to it."
    for name in ("Bay Post", "Hill Times"):
        (tmp_path / f"{name}.txt").write_text(f"The board meets\n\n{told}\n", "utf-8")
    study = new_study(
        f"{tmp_path}/new", [str(tmp_path / "Bay Post.txt"), str(tmp_path / "Hill Times.txt")]
    ).study
    corpus = load_corpus(study, cache=False)
    assert "board of PortEllan met" in corpus.sentences["text"].str.cat(sep=" ")
    for shown in (corpus.sentences["text"], corpus.tokens["text"], corpus.articles["text"]):
        assert not shown.str.contains(sign).any()
