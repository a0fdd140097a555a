"""What is written beside a figure for a write-up: caption, alternative text and snippets."""

from __future__ import annotations

import re
import textwrap

from analysis_utils.output import cells


def write_up(name: str, caption: str, alt: str) -> str:
    """A figure's caption and alternative text, and how LaTeX, Markdown and Word take it in.

    Parameters
    ----------
    name
        File name without ending.
    caption, alt
        Texts of the figure.
    """
    return textwrap.dedent("""\
        # {name}

        **Caption.** {caption}

        **Alternative text.** {alt}

        ## LaTeX

        ```latex
        \\begin{{figure}}[t]
          \\centering
          \\includegraphics[width=\\linewidth]{{{name}.pdf}}
          \\caption{{{latex}}}
          \\label{{fig:{name}}}
        \\end{{figure}}
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
        latex=latex_text(caption),
        markdown_alt=markdown_text(alt),
        markdown_caption=markdown_text(caption),
    )


def latex_text(text: str) -> str:
    """Text with LaTeX's special characters escaped, and with those that act as their numbers."""
    escapes = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    escapes |= {character: f"\\{character}" for character in "&%$#_{}"}
    return cells.visible(text).translate({ord(sign): escape for sign, escape in escapes.items()})


def markdown_text(text: str) -> str:
    """Text on one line with Markdown's special characters escaped."""
    return re.sub(r"([\\`*_{}\[\]<>#|$~&])", r"\\\1", " ".join(text.split()))
