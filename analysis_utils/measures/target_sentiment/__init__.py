"""Target-dependent sentiment: how a sentence puts one actor, as three probabilities.

A small transformer reads the whole sentence and answers for one target only, so that
"prosecutors praised Acme for its help and condemned Norvik for its lies" is positive for the
one and negative for the other.  It was trained on NewsMTSC (Hamborg and Donnay
2021); how, how well it does and where it fails stands in ``models/target_sentiment/README.md``.

**The model never sees who is judged.**  Every mention of the target is replaced by one
blank before the sentence is read, so that no name, whatever it stood for in the texts the
model was trained on, can move the score.  The price: words inside the mention itself ("the
disgraced senator") are not read either.
"""

from analysis_utils.measures.target_sentiment.evidence import word_effects
from analysis_utils.measures.target_sentiment.model import LABELS, classify, labels, polarity
from analysis_utils.measures.target_sentiment.pieces import Span, encode

__all__ = [
    "LABELS",
    "Span",
    "classify",
    "encode",
    "labels",
    "polarity",
    "word_effects",
]
