"""What a name can be told to be by its words: country, institution, organisation, person.

By words that names of companies and public bodies are made of in English, and the short names of
a few states and bodies that everybody knows: :data:`analysis_utils.words.actors`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from analysis_utils.words import actors, derived, titles

#: Nouns in -er and the like are made of a verb and longer than this.
_SHORTEST_MAKER = 5


@lru_cache(maxsize=2**16)
def plain(name: str) -> str:
    """A name as it is compared: small letters, no accents, dots, hyphens or "the"."""
    letters = unicodedata.normalize("NFKD", name)
    letters = "".join(each for each in letters if not unicodedata.combining(each)).casefold()
    letters = re.sub(r"[.’'‘ʼ]", "", letters.replace("&", " and "))
    return " ".join(re.sub(r"[-‐‑–]", " ", letters).split()).removeprefix("the ")


@cache
def _countries() -> Mapping[str, str]:
    from babel import Locale  # only where actors are proposed

    names = {
        code: [name, re.sub(r" \(.*\)", "", name)]
        for code, name in Locale("en").territories.items()
        if re.fullmatch("[A-Z]{2}", code) and code not in actors.NO_STATES
    }
    for code, others in actors.COUNTRY_NAMES.items():
        names[code] += others
    return {plain(name): code for code, forms in names.items() for name in forms}


def country_code(name: str) -> str | None:
    """ISO 3166 code of the country with this name, None if it is none.

    >>> country_code("the U.S."), country_code("Atlantis")
    ('US', None)
    """
    # "us" is a word, so an initialism counts in capitals only.
    is_word = len(plain(name)) < 4 and not name.removeprefix("the ").isupper()
    return None if is_word else _countries().get(plain(name))


def country_name(code: str) -> str:
    """Name of a country in the table of territories."""
    from babel import Locale

    return Locale("en").territories[code]


def country_forms(code: str) -> list[str]:
    """Other names of a country than that of the table of territories."""
    return list(actors.COUNTRY_NAMES.get(code, ()))


def kind_by_words(name: str) -> str | None:
    """What the words of a name say that it is, None if they say nothing.

    >>> kind_by_words("Ministry of Health"), kind_by_words("Acme Corp"), kind_by_words("Ada")
    ('institution', 'organisation', None)
    """
    # Initialisms in capitals only: "who" and "ice" are words.
    if name.replace(".", "") in actors.KNOWN_INSTITUTIONS or plain(name) in actors.KNOWN_BODIES:
        return "institution"
    if is_medium(name):
        return "organisation"
    words = plain(name).split()
    # What a name is stands at its end, or before "of" and the like.
    front = re.split(r" (?:of|for|on) ", plain(name))[0].split()
    heads = {*words[-1:], *front[-1:]}
    if len(words) > 1 and heads & actors.ORGANISATION_WORDS:
        return "organisation"
    return "institution" if heads & actors.INSTITUTION_WORDS else None


def is_medium(name: str) -> bool:
    """Whether a name reads as that of a news or social medium."""
    words = plain(name).split()
    known = {plain(name), *words[:1]} & _known_media() or re.search(r"\w\.(com|org|net)$", name)
    reads_so = words[-1:] and (words[-1] in actors.MEDIA_WORDS or words[-2:] == ["news", "agency"])
    alone = len(words) > 1 or plain(name) in actors.MEDIA_ALONE
    return bool(known or (alone and reads_so))


@derived
def _known_media() -> frozenset[str]:
    return frozenset(map(str.casefold, actors.KNOWN_MEDIA))


def without_suffix(name: str) -> str | None:
    """The name of a company without the word that says so, None if that leaves nothing.

    >>> without_suffix("Acme Corp."), without_suffix("Acme")
    ('Acme', None)
    """
    words = name.split()
    is_suffix = len(words) > 1 and plain(words[-1]) in actors.ORGANISATION_WORDS
    return " ".join(words[:-1]) if is_suffix else None


def told_kind(noun: str) -> str | None:
    """What a noun beside a name says that it is.

    >>> told_kind("commissioner"), told_kind("novelist"), told_kind("retailer")
    ('person', 'person', 'organisation')
    """
    noun = noun.casefold()
    told = {"organisation": actors.TOLD_ORGANISATION, "institution": actors.TOLD_INSTITUTION}
    told["person"] = actors.TOLD_PERSON
    known = next((kind for kind, nouns in told.items() if noun in nouns), None)
    return known or ("person" if is_human(noun) else None)


def is_human(noun: str) -> bool:
    """Whether a noun is made like those for people: "novelist", "swimmer", "firewoman"."""
    sure = noun.endswith(("ist", "man", "woman", "person", "men", "women"))
    maker = noun.endswith(("er", "or", "ian", "eer")) and len(noun) > _SHORTEST_MAKER
    return (sure or maker) and noun not in titles.THINGS | actors.NO_PEOPLE
