"""Exports of archives, made of articles of one's own in the layouts that archives have."""

import textwrap
from html import escape
from typing import NamedTuple

from raw_pdf import plain_pdf, set_text


class Made(NamedTuple):
    outlet: str
    day: int
    headline: str
    byline: str
    paragraphs: tuple

    @property
    def n_words(self):
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    @property
    def text(self):
        return "\n".join(self.paragraphs)


FILLER = (
    "The council of Riverton said on Tuesday that it would pay for a new bridge over the river"
    " before the winter, and that the old one stays open until then.",
    "“This is a great day for the town,” said the mayor, Zoë Smith, who has asked for the bridge"
    " since the flood took the old one away.",
    "Beta Sons accused the council of a bad decision on costs. The firm wants to go to court.",
    "She walked out.",
)
OUTLETS = ("The Riverton Herald", "Evening Star", "Morning Courier")


def made(number):
    """An article, and no two alike."""
    paragraphs = (f"Plan {number} for the bridge was told to the press on that day. {FILLER[0]}",)
    return Made(
        OUTLETS[number % 3],
        10 + number % 15,
        f"Council pays for plan {number} of the bridge",
        ("Ann Cole", "", "Tom Reed and Ida Wells")[number % 3],
        (*paragraphs, *FILLER[1:]),
    )


def several(count):
    return [made(number) for number in range(count)]


# --- Nexis ---------------------------------------------------------------------------------


def nexis_uni(articles, cover=True, time="", edition="", place="", extra=()):
    lines = []
    if cover:
        lines += ["Date and Time: Friday, April 7, 2023 10:31:00 AM BST", "Job Number: 1930001"]
        lines += [f"Documents ({len(articles)})", ""]
        for number, each in enumerate(articles, start=1):
            lines += [f"{number}. {each.headline}", "Client/Matter: -None-"]
            lines += ['Search Terms: "bridge"', "Search Type: Terms and Connectors"]
            lines += ["Narrowed by:", "Content Type", "Narrowed by", "News"]
            lines += ["Timeline: 13 Mar, 2023 to 20 Mar, 2023", ""]
    for each in articles:
        lines += [
            "",
            each.headline,
            f"{each.outlet}{place}",
            f"March {each.day}, 2023 Tuesday{time}",
        ]
        lines += [edition] if edition else []
        lines += ["", f"Copyright 2023 {each.outlet} Ltd All Rights Reserved", ""]
        lines += ["Section: NEWS; Pg. 3", f"Length: {each.n_words} words"]
        lines += [f"Byline: {each.byline}"] if each.byline else []
        lines += [*extra, "Body", ""]
        for paragraph in each.paragraphs:
            lines += [paragraph, ""]
        lines += ["Graphic", "", "A picture of a bridge, by Ann Lens", ""]
        lines += ["Classification", "", "Language: ENGLISH", "Publication-Type: Newspaper"]
        lines += ["Subject: BRIDGES (92%); RIVERS (90%)", f"Load-Date: March {each.day}, 2023", ""]
        lines += ["End of Document", ""]
    return lines


def lexisnexis(articles, rights_first=False):
    """As LexisNexis Academic saved text: centred heads, fields in capitals, lines of 75 signs."""
    lines = []
    for number, each in enumerate(articles, start=1):
        rights = [f"Copyright 2013 {each.outlet} Ltd".center(75), "All Rights Reserved".center(75)]
        lines += ["", "", f"{number} of {len(articles)} DOCUMENTS".center(75), "", ""]
        lines += [*rights, ""] if rights_first else []
        lines += [each.outlet.center(75), "", f"March {each.day}, 2013 Thursday".center(75)]
        lines += ["First Edition".center(75), "", *textwrap.wrap(each.headline, 30), ""]
        lines += [f"BYLINE: {each.byline}", ""] if each.byline else []
        lines += ["SECTION: NEWS; Pg. 12", "", f"LENGTH: {each.n_words} words", "", ""]
        for paragraph in each.paragraphs:
            lines += [*textwrap.wrap(paragraph, 75), ""]
        lines += ["LOAD-DATE: March 15, 2013", "", "LANGUAGE: ENGLISH", ""]
        lines += ["GRAPHIC: A picture of a bridge", "", "PUBLICATION-TYPE: Newspaper", ""]
        lines += [] if rights_first else rights
    return lines


# --- Factiva -------------------------------------------------------------------------------


def factiva(articles, time=""):
    """As displayed: no names of fields."""
    lines = []
    for number, each in enumerate(articles):
        lines += ["News", each.headline, *([each.byline] if each.byline else [])]
        lines += [f"{each.n_words} words", f"{each.day} March 2023", *([time] if time else [])]
        lines += [each.outlet, "RIVHER", "3", "English", f"(c) 2023 {each.outlet}"]
        lines += [*each.paragraphs, f"Document RIVHER0020230314ej3e{number:05d}", ""]
    return [*lines, "Page 3 of 3 © 2023 Factiva, Inc. All rights reserved."]


def factiva_coded(articles, gap="  "):
    lines = []
    for number, each in enumerate(articles):
        fields = {
            "SE": "News",
            "HD": each.headline,
            "BY": each.byline,
            "WC": f"{each.n_words} words",
        }
        fields |= {"PD": f"{each.day} March 2023", "SN": each.outlet, "SC": "RIVHER", "PG": "3"}
        fields |= {"LA": "English", "CY": f"(c) 2023 {each.outlet}"}
        lines += [f"{code}{gap}{value}" for code, value in fields.items() if value]
        lines += ["LP", each.paragraphs[0], "TD", *each.paragraphs[1:]]
        lines += [f"CO{gap}beta : Beta Sons", f"NS{gap}gbrid : Bridges", f"RE{gap}uk : Riverton"]
        lines += [
            f"PUB{gap}{each.outlet} Ltd",
            f"AN{gap}Document RIVHER0020230314ej3e{number:05d}",
            "",
        ]
    return lines


def factiva_html(articles, coded=False):
    parts = []
    for number, each in enumerate(articles):
        told = "".join(
            f'<p class="articleParagraph enarticleParagraph">{escape(p)}</p>'
            for p in each.paragraphs
        )
        mark = f"Document RIVHER0020230314ej3e{number:05d}"
        if coded:
            fields = {"HD": f"<span class='enHeadline'>{each.headline}</span>", "BY": each.byline}
            fields |= {
                "WC": f"{each.n_words} words",
                "PD": f"{each.day} March 2023",
                "SN": each.outlet,
            }
            fields |= {"SC": "RIVHER", "LA": "English", "CY": "(c) 2023", "LP": told, "AN": mark}
            rows = "".join(
                f"<tr><td class='index'><b>{code}</b>&nbsp;</td><td>{value}</td></tr>"
                for code, value in fields.items()
                if value
            )
            parts.append(f'<div class="article enArticle"><table>{rows}</table></div>')
            continue
        head = f"<div id='hd'><span class='enHeadline'>{each.headline} </span></div>"
        head += f"<div class='author'>{each.byline} </div>" if each.byline else ""
        rest = (f"{each.n_words} words", f"{each.day} March 2023", each.outlet, "RIVHER", "English")
        head += "".join(f"<div>{value}</div>" for value in (*rest, f"(c) 2023 {each.outlet}"))
        parts.append(f'<div class="article enArticle">{head}{told}<p>{mark}</p></div>')
    body = "<br/>".join(parts)
    return f"<!DOCTYPE html><html><head><title>Factiva</title></head><body>{body}</body></html>"


# --- ProQuest ------------------------------------------------------------------------------

RULE = "_" * 60


def proquest(articles):
    """As saved in earlier years: the text before title and dates."""
    lines = [RULE, "", "Report Information from ProQuest", "", "07 April 2023 10:31", RULE, ""]
    for number, each in enumerate(articles):
        lines += [
            f"{each.headline}: {each.byline}. {each.outlet}; Riverton. {each.day} Mar 2023: A.3."
        ]
        lines += [
            "",
            f"Abstract: {each.paragraphs[0]}",
            "",
            "Links: https://search.example.org/2",
            "",
        ]
        lines += [f"Full text: {each.paragraphs[0]}", ""]
        lines += [line for paragraph in each.paragraphs[1:] for line in (paragraph, "")]
        lines += [f"Title: {each.headline}", "", f"Publication title: {each.outlet}; Riverton", ""]
        lines += [f"Author: {each.byline}", ""] if each.byline else []
        lines += [
            "Pages: A.3",
            "",
            f"Publication date: Mar {each.day}, 2023",
            "",
            "Section: News",
            "",
        ]
        lines += [f"ProQuest document ID: {number}", "", "Database: ProQuest Central", "", RULE, ""]
    return lines


def proquest_new(articles):
    """As saved today: author and publication first, headings without colons."""
    lines = [RULE, "Report Information from ProQuest", "07 April 2023 10:31", RULE, ""]
    lines += ["TABLE OF CONTENTS", *(f"{n}. {each.headline}" for n, each in enumerate(articles, 1))]
    for number, each in enumerate(articles, start=1):
        lines += [RULE, f"Document {number} of {len(articles)}", "", each.headline, ""]
        lines += [f"Author: {each.byline}", ""] if each.byline else []
        info = f"{each.outlet}; Riverton [Riverton]. {each.day} Mar 2023: 3."
        lines += [f"Publication info: {info}", "", "ProQuest document link", ""]
        lines += ["ABSTRACT (ENGLISH)", each.paragraphs[0], "", "FULL TEXT"]
        lines += [*each.paragraphs, "", "DETAILS", "", "Subject: Bridges; Rivers", ""]
        lines += ["Location: Riverton", "", f"Title: {each.headline}", ""]
        lines += [f"Publication title: {each.outlet}; Riverton", "", "First page: 3", ""]
        lines += [
            f"Publication date: Mar {each.day}, 2023",
            "",
            f"ProQuest document ID: {number}",
            "",
        ]
        lines += [
            "Document URL: https://www.proquest.com/docview/1",
            "",
            "Database: ProQuest Central",
        ]
    return [*lines, RULE, "Contact us at: http://about.proquest.com/go/contact"]


def proquest_html(articles):
    parts = []
    for each in articles:
        told = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in each.paragraphs)
        fields = {
            "Publication title": f"{each.outlet}; Riverton",
            "Publication date": f"Mar {each.day}, 2023",
        }
        rest = "".join(f"<p><b>{name}: </b>{value}</p>" for name, value in fields.items())
        author = f"<p><b>Author: </b>{each.byline}</p>" if each.byline else ""
        parts.append(
            f"<h2>{each.headline}</h2>{author}<p><b>Full text: </b></p>{told}"
            f"<p><b>Title: </b>{each.headline}</p>{rest}<p><b>ProQuest document ID: </b>7</p><hr/>"
        )
    return f"<html><body><h1>ProQuest documents</h1><hr/>{''.join(parts)}</body></html>"


# --- Files ---------------------------------------------------------------------------------


def write_docx(path, lines, headlines=()):
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph().add_run(line).bold = line in headlines or None
    document.save(str(path))
    return path


def write_rtf(path, lines, headlines=()):
    def coded(line):
        signs = (sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in line)
        written = "".join(signs).replace("{", "\\{").replace("}", "\\}")
        return f"{{\\b {written}}}\\par" if line in headlines else f"{written}\\par"

    body = "\n".join(map(coded, lines))
    path.write_text(
        f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\\f0\\fs20 {body}\n}}", "ascii"
    )
    return path


def write_pdf(path, lines, on_page=44):
    """Lines of 80 signs, so many a page, with the page's number above."""
    wrapped = [part for line in lines for part in (textwrap.wrap(line, 80) or [""])]
    pages = [wrapped[i : i + on_page] for i in range(0, len(wrapped), on_page)]
    contents = []
    for number, page in enumerate(pages, start=1):
        shown = [f"Page {number} of {len(pages)}", "", *page]
        plain = (
            line.translate({0x201C: '"', 0x201D: '"', 0x2019: "'", 0xEB: "e"}) for line in shown
        )
        signs = (line.replace("\\", "").replace("(", "\\(").replace(")", "\\)") for line in plain)
        contents.append("\n".join(set_text(s, 10, 800 - 16 * i) for i, s in enumerate(signs) if s))
    path.write_bytes(plain_pdf(*contents))
    return path
