"""Every notebook runs on studies that are unlike the default one."""

import pytest
import yaml

from analysis_utils.files.workspace import collection
from analysis_utils.report.notebooks import find_notebooks, run_notebooks

SHORT = [
    "The council closed the old bridge on Monday, and the mayor called it a brave decision.",
    "The council closed the old bridge on Monday, and the mayor called it a sad decision.",
]

PARAGRAPHS = [
    "The council of Riverton said on Tuesday that it would pay for a new bridge over the river.",
    "“This is a great day,” said the mayor, Anna $^$ Smith, who has asked for it since the flood.",
    "It costs $5 and $6 million, `code` and <b>bold</b> words, *stars* and [links](x) included.",
    "Beta & Sons accused the council of a bad decision, and the firm wants to go to court.",
    "A vote on the cost, which has grown twice since last year, is to follow in the autumn.",
]


def page(*paragraphs):
    return "\n\n".join(paragraphs)


def html_page(*paragraphs):
    text = "".join(f"<p>{text.replace('<', '&lt;')}</p>" for text in paragraphs)
    return f"<html><head><title>A bridge</title></head><body><h1>A bridge</h1>{text}</body></html>"


def study(folder, outlets, articles, actors=()):
    """A study folder; articles are (outlet, file name, text of the page)."""
    (folder / "pages").mkdir(parents=True)
    entries = []
    for outlet, name, text in articles:
        (folder / "pages" / name).write_text(text, encoding="utf-8")
        entries.append({"outlet": outlet, "page": f"pages/{name}"})
    content = {
        "event": {"title": "A *bridge* for $5", "start": "2024-05-01"},
        "outlets": [{"id": key, "name": name} for key, name in outlets.items()],
        "articles": entries,
        "actors": list(actors),
    }
    (folder / "study.yml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return folder


def two_sentences(folder):
    articles = [("a", "a.txt", page(SHORT[0])), ("b", "b.txt", page(SHORT[1]))]
    return study(folder, {"a": "Alpha", "b": "Beta"}, articles)


def three_outlets_with_special_names(folder):
    outlets = {"a": "A&B $Times$ 100%_x <i>", "b": "The $_$ Post", "c": "[C] #3 ~^{}"}
    articles = [
        ("a", "a1.txt", page("A bridge at last", *PARAGRAPHS)),
        ("a", "a2.txt", page(*PARAGRAPHS[::-1])),
        ("b", "b.html", html_page(*PARAGRAPHS)),
        ("c", "c.txt", page("No bridge yet", *PARAGRAPHS[:3])),
    ]
    actors = [
        {"id": "mayor", "name": "Anna $^$ Smith", "kind": "person", "descriptions": ["the mayor"]},
        {"id": "beta", "name": "Beta & Sons", "kind": "organisation"},
    ]
    return study(folder, outlets, articles, actors)


def actors_never_mentioned(folder):
    articles = [("a", "a.txt", page(*PARAGRAPHS)), ("b", "b.txt", page(*PARAGRAPHS[1:]))]
    actors = [{"id": "zork", "name": "Zork", "kind": "organisation"}]
    return study(folder, {"a": "Alpha", "b": "Beta"}, articles, actors)


@pytest.mark.slow
@pytest.mark.parametrize(
    "make", [two_sentences, three_outlets_with_special_names, actors_never_mentioned]
)
def test_every_notebook_runs_on(make, tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMING_BUILD", str(tmp_path / "build"))
    folder = make(tmp_path / "odd")
    paths = find_notebooks(collection() / "notebooks")
    runs = list(run_notebooks(paths, folder))
    assert {run.path.name: str(run.failure) for run in runs if run.failure} == {}
    for run in runs:
        for cell in run.notebook.cells:
            for output in cell.get("outputs", []):
                alt = output.get("metadata", {}).get("image/png", {}).get("alt", "")
                assert "\\" not in alt and "&#" not in alt and "&amp;" not in alt
