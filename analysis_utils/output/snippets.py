"""What is written beside a figure for a write-up: caption, alternative text and snippets."""

from __future__ import annotations

import re
import textwrap

from analysis_utils.output import cells


def write_up(name: str, caption: str, alt: str, *, wide: bool) -> str:
    """A figure's caption and alternative text, and how LaTeX, Markdown and Word take it in.

    Parameters
    ----------
    name
        File name without ending.
    caption, alt
        Texts of the figure.
    wide
        Whether it is as wide as the page: LaTeX then sets it over both columns, if there are two.
    """
    return textwrap.dedent("""\
        # {name}

        **Caption.** {caption}

        **Alternative text.** {alt}

        ## LaTeX

        ```latex
        \\begin{{{environment}}}[t]
          \\centering
          \\includegraphics[width=\\linewidth,height=0.8\\textheight,keepaspectratio]{{{name}.pdf}}
          \\caption{{{latex}}}
          \\label{{fig:{name}}}
        \\end{{{environment}}}
        ```

        ## Markdown

        ```markdown
        ![{markdown_alt}]({name}.png)

        *{markdown_caption}*
        ```

        ## Word

        Insert > Pictures > `{name}.png` (or `{name}.svg`); then References > Insert Caption:

        > {caption}

        and Picture Format > Alt Text:

        > {alt}
        """).format(
        name=name,
        caption=caption,
        alt=alt,
        environment="figure*" if wide else "figure",
        latex=latex_text(caption),
        markdown_alt=markdown_text(alt),
        markdown_caption=markdown_text(caption),
    )


#: What LaTeX takes for a command, or sets as another sign.
_LATEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    "[": "{[}", "]": "{]}",  # at the beginning of a row they would say how far away it is
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}  # fmt: skip


def latex_text(text: str) -> str:
    """Text with LaTeX's special characters escaped, and with those that act as their numbers."""
    escapes = {ord(sign): escape for sign, escape in _LATEX.items()}
    return " ".join(cells.visible(text).split()).translate(escapes)


def markdown_text(text: str) -> str:
    """Text on one line with Markdown's special characters escaped."""
    return _escaped(" ".join(text.split()))


def markdown_cited(text: str) -> str:
    """As :func:`markdown_text`, but citations such as ``[@monroe2008]`` stay."""
    parts = re.split(r"((?<!\\)\[[^\[\]]*@[^\[\]]*\])", text)
    return "".join(part if place % 2 else _escaped(part) for place, part in enumerate(parts))


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|$~&@])", r"\\\1", text)
