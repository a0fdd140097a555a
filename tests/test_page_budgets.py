"""How soon and at what length the report answers, in a real browser, with all folds closed."""

import re
from collections import Counter
from urllib.parse import unquote

import pytest

from analysis_utils.report.notebooks import COLLECTION

pytestmark = [pytest.mark.slow, pytest.mark.browser]

#: Pages of the findings and the themes, without the appendix.
ANSWERING = COLLECTION[:7]

SCREEN = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}

#: Screens of a page, of the first page, and of all; times that a sentence of an article is shown.
MOST_OF_PAGE, MOST_OF_INDEX, MOST_OF_ALL, MOST_TIMES = 6, 2, 45, 6

#: Characters of a cell that is text, and to which its column has to have room.
TEXT, NARROWEST = 80, 30

#: In JavaScript: how long a page is, where the first of these ends or begins, what is too narrow.
MEASURE = """([text, narrowest]) => {
    const box = element => element.getBoundingClientRect();
    const shown = element => element.getClientRects().length > 0;
    const all = kind => [...document.querySelectorAll(kind)].filter(shown);
    const letter = element => parseFloat(getComputedStyle(element).fontSize) / 2;
    const figure = all('figure img')[0];
    const finding = all('.findings li, main .prose p')[0];
    return {
        marks: [...document.querySelectorAll('a.sentence')].map(mark => mark.hash.slice(1)),
        ids: [...document.querySelectorAll('[id]')].map(element => element.id),
        height: document.documentElement.scrollHeight,
        figure: figure ? box(figure).top + scrollY : null,
        finding: finding ? box(finding).bottom + scrollY : null,
        narrow: all('td')
            .filter(cell => cell.innerText.trim().length > text)
            .filter(cell => box(cell).width < narrowest * letter(cell))
            .map(cell => cell.innerText.slice(0, 60)),
        text: document.body.innerText,
    };
}"""

#: In JavaScript: what is wider than a phone.
TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll('.table')]
    .filter(element => element.scrollWidth > element.clientWidth + 1)
    .map(element => `${element.tagName} ${element.ariaLabel || ''} ${element.scrollWidth} px`)
"""


@pytest.fixture(scope="module")
def pages(page, report):
    """What was measured of each page, by its name."""
    measured = {}
    for file in report:
        page.set_viewport_size(SCREEN)
        page.goto(file.as_uri())
        measured[file.stem] = page.evaluate(MEASURE, [TEXT, NARROWEST])
        page.set_viewport_size(PHONE)
        measured[file.stem]["too_wide"] = page.evaluate(TOO_WIDE)
    return measured


def test_no_page_is_long(pages):
    screens = {name: round(page["height"] / SCREEN["height"], 1) for name, page in pages.items()}
    most = {"index": MOST_OF_INDEX}
    assert {n: each for n, each in screens.items() if each > most.get(n, MOST_OF_PAGE)} == {}
    assert sum(screens.values()) <= MOST_OF_ALL


@pytest.mark.parametrize("name", ANSWERING)
def test_answer_and_figure_are_on_the_first_screen(name, pages):
    assert pages[name]["finding"] <= SCREEN["height"]
    assert pages[name]["figure"] <= SCREEN["height"]


def test_no_text_stands_in_a_narrow_column(pages):
    assert {name: page["narrow"] for name, page in pages.items() if page["narrow"]} == {}


def test_nothing_is_wider_than_a_phone(pages):
    assert {name: page["too_wide"] for name, page in pages.items() if page["too_wide"]} == {}


def test_marks_lead_to_their_sentences_among_the_tellings(pages):
    marks = {unquote(mark) for page in pages.values() for mark in page["marks"]}
    assert marks and marks <= set(pages["0_findings"]["ids"])


def test_no_sentence_is_shown_again_and_again(pages, corpus):
    shown = " ".join(re.sub(r"\s+", " ", page["text"]) for page in pages.values())
    sentences = corpus.sentences.loc[corpus.sentences["text"].str.len() > 40, "text"]
    times = Counter({text: shown.count(re.sub(r"\s+", " ", text)) for text in sentences})
    assert {text: n for text, n in times.items() if n > MOST_TIMES} == {}
