"""The schemas: every column has a meaning, and wrong tables are refused."""

import pandera.errors
import pytest

from analysis_utils.schemas import CORPUS_TABLES, KEPT_KINDS, LINE_KINDS, METADATA_KINDS, Mentions

ROW = {
    "mention_id": "a:s01:m1",
    "sentence_id": "a:s01",
    "outlet": "a",
    "actor": "kaspersky_lab",
    "start": 0,
    "end": 9,
    "text": "Kaspersky",
    "kind": "name",
    "head": 0,
}


@pytest.mark.parametrize("table", CORPUS_TABLES.values(), ids=CORPUS_TABLES)
def test_every_column_has_a_type_and_a_meaning(table):
    dictionary = table.describe()
    assert dictionary["meaning"].str.len().gt(0).all()
    assert list(dictionary["column"]) == table.columns()


@pytest.mark.parametrize("table", CORPUS_TABLES.values(), ids=CORPUS_TABLES)
def test_an_empty_table_keeps_its_columns(table):
    assert list(table.checked([]).columns) == table.columns()


def test_a_good_row_passes():
    assert Mentions.checked([ROW]).loc[0, "actor"] == "kaspersky_lab"


@pytest.mark.parametrize("fault", [{"kind": "nickname"}, {"start": -1}, {"text": None}])
def test_a_wrong_value_is_refused(fault):
    with pytest.raises(pandera.errors.SchemaErrors):
        Mentions.checked([ROW | fault])


def test_identifiers_are_unique():
    with pytest.raises(pandera.errors.SchemaErrors):
        Mentions.checked([ROW, ROW])


def test_kept_and_metadata_kinds_are_kinds_and_apart():
    assert set(KEPT_KINDS) <= set(LINE_KINDS)
    assert set(METADATA_KINDS) <= set(LINE_KINDS)
    assert not set(KEPT_KINDS) & set(METADATA_KINDS)
