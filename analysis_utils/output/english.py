"""Small parts of English sentences: lists, and numbers with their nouns."""

from __future__ import annotations


def listed(items: list[str], last: str = "and") -> str:
    """Words in a row as prose: ``a``, ``a and b``, ``a, b and c``.

    >>> listed(["TASS", "RFE/RL"])
    'TASS and RFE/RL'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(text: str) -> str:
    """A text with a capital first, as a sentence begins.

    >>> capital("codes made by people")
    'Codes made by people'
    """
    return text[:1].upper() + text[1:]


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun in the right form: ``1 article``, ``24 sentences``.

    >>> counted(1, "article"), counted(2, "country", "countries")
    ('1 article', '2 countries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def percent(share: float) -> str:
    """A share as prose gives it: ``55 %``.

    >>> percent(0.546)
    '55 %'
    """
    return f"{100 * share:.0f} %"


def alt_text(shows: str, title: str) -> str:
    """A figure in words, for readers who cannot see it.

    Parameters
    ----------
    shows
        What is drawn, as a sentence.
    title
        The figure's title: what was found.
    """
    return f"{shows} {' '.join(title.split())}. All numbers are in the CSV file."
