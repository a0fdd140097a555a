"""A study whose pages, names and titles try to run something in whoever shows them."""

import html
import shutil
from pathlib import Path

import yaml

from analysis_utils.files.workspace import data_folder
from analysis_utils.study import DEFAULT_STUDY

#: Each would set ``window.__ran``, open a dialog, ask another host or break out of a page.
ATTACKS = (
    "<script>window.__ran = 'script'; alert('script')</script>",
    "<img src=x onerror=\"window.__ran = 'image'; alert('image')\">",
    '"><svg onload="window.__ran = \'svg\'"><img src="http://evil.example/x.png">',
    "</script></style></textarea></pre><script>window.__ran = 'breaker'</script>",
    "<a href=\"javascript:window.__ran='link'\">Kaspersky Lab</a>",
    "[Kaspersky Lab](javascript:window.__ran='markdown') ![x](http://evil.example/y.png)",
    "<iframe srcdoc=\"<script>parent.__ran = 'frame'</script>\"></iframe>",
    "<style>@import url(http://evil.example/z.css); body {display: none}</style>",
    "$$\\href{javascript:window.__ran='math'}{\\frac{Europol}{0}$$ and $\\unicode{<img src=x>}$",
    "\x1b[31mred\x1b[0m \x1b]8;;javascript:window.__ran='ansi'\x07terminal\x1b]8;;\x07",
    "\u202eyretsym lautriv\u202c \u2066and\u2069 \u200f marks \ufeff of direction",
    "{{ config }} {% raw %} ${7*7} #{7*7} %(name)s",
)


def hostile_study(folder: Path) -> Path:
    """The default study with an attack in every paragraph, and in the names it shows."""
    shutil.copytree(data_folder() / DEFAULT_STUDY, folder, ignore=shutil.ignore_patterns("codes"))
    file = folder / "study.yml"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    content["event"] |= {"title": f"Halted {ATTACKS[0]}", "summary": " ".join(ATTACKS[:9])}
    for outlet, attack in zip(content["outlets"], ATTACKS[1:3], strict=True):
        outlet |= {"name": f"{outlet['name']} {attack}", "country": attack, "publisher": attack}
    content["actors"][0]["name"] += f" {ATTACKS[1]}"
    content["articles"][1]["page"] = "pages/rferl.html"
    _attack(folder / "pages" / "tass.txt")
    _as_html(folder / "pages" / "rferl.txt")
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


def _attack(page: Path) -> None:
    """Put an attack before the last sentence of every long paragraph."""
    lines = page.read_text(encoding="utf-8").splitlines()
    long = [place for place, line in enumerate(lines) if len(line) > 150]
    for number, place in enumerate(long * (len(ATTACKS) // len(long) + 1)):
        start, stop, end = lines[place].rpartition(", ")
        lines[place] = f"{start}{stop}{ATTACKS[number % len(ATTACKS)]} {end}"
    page.write_text("\n".join(lines), encoding="utf-8")


def _as_html(page: Path) -> None:
    """The page as HTML: attacks as text in its paragraphs, and as markup between them."""
    _attack(page)
    paragraphs = page.read_text(encoding="utf-8").splitlines()
    page.unlink()
    body = "".join(f"<p>{html.escape(each)}</p>\n" for each in paragraphs if each.strip())
    page.with_suffix(".html").write_text(
        f"<html><head><title>{ATTACKS[3]}</title></head><body><article>{body}</article>"
        f"{''.join(ATTACKS[:9])}</body></html>",
        encoding="utf-8",
    )
