"""The two articles of the default study as the hand codes cut them, for tests of single modules."""

from functools import cache
from pathlib import Path

import pandas as pd

from analysis_utils.language import tokenise
from analysis_utils.study import data_folder, read_study

FOLDER = Path(data_folder()) / "kaspersky-europol"


def hand_codes(name):
    return pd.read_csv(FOLDER / "codes" / f"{name}.csv", keep_default_na=False)


def coded_sentences():
    """The sentences of the hand codes with the columns that the rules read."""
    table = hand_codes("sentences")
    article = table["sentence_id"].str.split(":").str[0]
    place = table["sentence_id"].str.split(":").str[1]
    part = place.where(place.isin(["headline", "standfirst"]), "body")
    body_lines = table["line_no"].where(part == "body")
    paragraph = body_lines.groupby(article).rank("dense").fillna(0).astype(int)
    return table.assign(article_id=article, outlet=article, part=part, paragraph=paragraph)


@cache
def coded_tokens():
    return tokenise(coded_sentences())


@cache
def study():
    return read_study(FOLDER)
