"""What a name can be told to be by its words: country, institution, organisation, person.

The lists hold the words that names of companies and public bodies are made of
in English, and the short names of a few states and bodies that everybody knows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

#: Other names of states than those of the table of territories, by ISO 3166 code.
_OTHER_NAMES = {
    "AE": "UAE|Emirates",
    "BA": "Bosnia",
    "CD": "DR Congo|DRC|Democratic Republic of Congo|Democratic Republic of the Congo",
    "CI": "Ivory Coast",
    "CN": "People's Republic of China|PRC",
    "CV": "Cabo Verde",
    "CZ": "Czech Republic",
    "GB": "UK|U.K.|Britain|Great Britain",
    "HK": "Hong Kong",
    "KP": "DPRK|Democratic People's Republic of Korea",
    "KR": "Republic of Korea",
    "MK": "Macedonia",
    "MM": "Burma|Myanmar",
    "NL": "Holland",
    "PS": "Palestine",
    "RU": "Russian Federation",
    "SZ": "Swaziland",
    "TL": "East Timor",
    "TR": "Turkey|Turkiye",
    "US": "US|U.S.|USA|U.S.A.|America|United States of America",
    "VA": "Vatican|Holy See",
}

#: Codes of the table of territories that are no states.
_NO_STATES = frozenset(
    ("AC", "CP", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ")
)

#: Words of the names of public bodies.
_INSTITUTION_WORDS = """
    administration agency army assembly authority bundestag bureau cabinet chamber commission
    committee congress constabulary council court defence defense department directorate duma
    embassy federation force forces government guard house intelligence knesset legislature
    ministry mission municipality nations navy office parliament pentagon police presidency
    prosecutor reserve secretariat senate service services tribunal treasury
"""

#: Words of the names of companies, parties, clubs and the like.
_ORGANISATION_WORDS = """
    academy ag airlines airways alliance association automobile bank broadcasting brothers
    campaign center centre charity club co college company confederation consortium corp
    corporation electric energy enterprises entertainment exchange fund foundation games gmbh
    group holding holdings hospital inc industries institute institution international lab
    laboratories laboratory labs league llc lp ltd media motors movement museum network
    organisation organization partners partnership party petroleum pharmaceuticals plc school
    solutions studios systems team technologies technology trust union university
"""

#: Words of the names of news media, which mostly report an event and take no part in it.
_MEDIA_WORDS = """
    broadcasting chronicle daily gazette guardian herald journal magazine news newspaper post press
    radio telegraph television times tribune tv
"""

_KNOWN_INSTITUTIONS = """
    ASEAN CDC CIA DHS DOJ ECB EPA Europol EU FAA FBI FCC FDA FEMA FSB FTC GCHQ GRU IAEA ICC
    ICE IDF IMF Interpol IRS Kremlin MI5 MI6 NASA NATO NHS NSA OPEC OSCE Pentagon SEC UN UNESCO
    UNHCR UNICEF USAID WHO WTO
"""
_KNOWN_MEDIA = """
    ABC AFP Al-Jazeera AP BBC Bloomberg Breitbart CBS CNBC CNN Facebook HuffPost Instagram
    Interfax MSNBC NBC NPR PBS Politico Reuters RIA Sputnik TASS Telegram TikTok Twitter Xinhua
    YouTube
"""

_INSTITUTIONS = frozenset(_INSTITUTION_WORDS.split())
_ORGANISATIONS = frozenset(_ORGANISATION_WORDS.split())
_MEDIA = frozenset(_MEDIA_WORDS.split())
#: Initialisms in capitals only: "who" and "ice" are words.
_WELL_KNOWN = frozenset(_KNOWN_INSTITUTIONS.split())
_KNOWN_BODIES = frozenset(("european union", "african union", "united nations", "white house"))
_WELL_KNOWN_MEDIA = frozenset(_KNOWN_MEDIA.casefold().split())

#: What an apposition or a word before a name says of it ("the search company Example").
_TELLING_NOUNS = {
    "person": """
        activist actor adviser advisor analyst attorney author billionaire boss ceo chairman
        chairwoman chancellor chief coach commander dictator diplomat director economist envoy
        executive expert father founder general governor head husband journalist judge king
        lawmaker lawyer leader man mayor minister mother nominee officer official player
        politician president prince professor prosecutor queen researcher scientist secretary
        senator singer spokesman spokesperson spokeswoman striker wife winner woman
    """,
    "organisation": """
        airline bank brand business carmaker charity club company conglomerate developer firm
        giant group league maker manufacturer movement nonprofit party producer provider retailer
        startup team union university website
    """,
    "institution": """
        agency army assembly authority body bureau commission committee congress council court
        department government ministry office parliament police regulator senate watchdog
    """,
}
_TOLD_KINDS = {noun: kind for kind, nouns in _TELLING_NOUNS.items() for noun in nouns.split()}


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
        if re.fullmatch("[A-Z]{2}", code) and code not in _NO_STATES
    }
    for code, others in _OTHER_NAMES.items():
        names[code] += others.split("|")
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
    return list(filter(None, _OTHER_NAMES.get(code, "").split("|")))


def kind_by_words(name: str) -> str | None:
    """What the words of a name say that it is, None if they say nothing.

    >>> kind_by_words("Ministry of Health"), kind_by_words("Acme Corp"), kind_by_words("Ada")
    ('institution', 'organisation', None)
    """
    if name.replace(".", "") in _WELL_KNOWN or plain(name) in _KNOWN_BODIES:
        return "institution"
    if is_medium(name):
        return "organisation"
    words = plain(name).split()
    # What a name is stands at its end, or before "of" and the like.
    front = re.split(r" (?:of|for|on) ", plain(name))[0].split()
    heads = {*words[-1:], *front[-1:]}
    if len(words) > 1 and heads & _ORGANISATIONS:
        return "organisation"
    return "institution" if heads & _INSTITUTIONS else None


def is_medium(name: str) -> bool:
    """Whether a name reads as that of a news or social medium."""
    words = plain(name).split()
    known = plain(name) in _WELL_KNOWN_MEDIA or any(word in _WELL_KNOWN_MEDIA for word in words[:1])
    return known or (len(words) > 1 and words[-1] in _MEDIA) or words[-2:] == ["news", "agency"]


def without_suffix(name: str) -> str | None:
    """The name of a company without the word that says so, None if that leaves nothing.

    >>> without_suffix("Acme Corp."), without_suffix("Acme")
    ('Acme', None)
    """
    words = name.split()
    return " ".join(words[:-1]) if len(words) > 1 and plain(words[-1]) in _ORGANISATIONS else None


def told_kind(noun: str) -> str | None:
    """What a noun beside a name says that it is."""
    return _TOLD_KINDS.get(noun.casefold())
