"""Which language a text is in: with py3langid, offline, the same on every machine.

The methods know English: an article in another language would give findings that mean nothing.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

#: The language that the methods know.
KNOWN = "en"
#: Fewer words than this do not tell a language.
_FEWEST_WORDS = 12
#: How sure the guess has to be to call a text foreign.
_SURE = 0.99


def language_of(text: str) -> str:
    """The language of a text as its code of two letters; ``en`` where nothing else is sure.

    Parameters
    ----------
    text
        A text of any length; one of fewer than twelve words is taken for English.

    Returns
    -------
    str
        ISO 639-1, as py3langid gives it (Barbaresi, after Lui and Baldwin 2012).
    """
    if len(text.split()) < _FEWEST_WORDS:
        return KNOWN
    code, probability = _identifier().classify(text)
    return code if probability >= _SURE else KNOWN


def language_name(code: str) -> str:
    """The English name of a language.

    >>> language_name("de")
    'German'
    """
    from babel import Locale

    return Locale("en").languages.get(code, code)


@lru_cache(maxsize=1)
def _identifier():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    with np.errstate(over="ignore"):
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
