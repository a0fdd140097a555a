"""The house style and the export of figures."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import partial
from itertools import pairwise
from types import SimpleNamespace
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from acting_characters import ACTING, ALL_ACTING, shown
from matplotlib.colors import to_rgb
from PIL import Image
from print_figures import characters, print_faults, printed_page

from analysis_utils.files.kept import remove_damaged
from analysis_utils.files.writing import scratch_folder
from analysis_utils.output import figures, style

DATA = pd.DataFrame({"term": ["a", "b"], "count": [2, 1]})


@pytest.fixture
def study(tmp_path):
    return SimpleNamespace(build_folder=tmp_path, figures_folder=tmp_path / "figures")


def plot_bars(table, heading="", height=2.0, *, width):
    fig, ax = plt.subplots(figsize=(width, height))
    ax.bar(table["term"], table["count"])
    ax.set_title(heading)
    return fig


def bars(name="bars", title="Two terms", caption="Counts of terms.", alt="Two bars.", **drawn):
    draw = partial(plot_bars, DATA, **drawn)
    return figures.Figure(name, draw, DATA, title, caption, alt)


def export(study, name="bars", width="page", **said):
    return figures.export(bars(name, **said), study, width=width)


def test_every_form_of_a_figure_is_written(study):
    export(study)
    written = {path.name for path in study.figures_folder.iterdir()}
    assert written == {f"bars.{kind}" for kind in ("png", "svg", "pdf", "csv", "md")}


def contents(study, name):
    return {path.suffix: path.read_bytes() for path in study.figures_folder.glob(f"{name}.*")}


def test_two_exports_write_the_same_bytes(study):
    export(study, "one")
    first = contents(study, "one")
    shutil.rmtree(study.build_folder / "cache")
    export(study, "one")
    assert contents(study, "one") == first


def test_the_same_figure_is_not_drawn_again(study, monkeypatch):
    export(study, "one")
    first = contents(study, "one")
    monkeypatch.setattr(plt, "subplots", lambda **_: pytest.fail("drawn again"))
    shown = export(study, "one")
    assert contents(study, "one") == first
    assert shown.picture


def test_another_figure_of_the_same_name_is_drawn_and_the_old_one_forgotten(study):
    first = export(study, "one").picture
    assert export(study, "one", heading="Another").picture != first
    assert export(study, "one", title="Another").picture != first
    assert len(list((study.build_folder / "cache" / "figures").glob("one-*/pdf"))) == 1


@pytest.mark.parametrize("kind", ["png", "screen.png", "pdf", "checksums.json"])
def test_a_damaged_figure_in_the_cache_is_drawn_again(study, kind):
    export(study, "one")
    first = contents(study, "one")
    (part,) = (study.build_folder / "cache" / "figures").glob(f"one-*/{kind}")
    part.write_bytes(part.read_bytes()[:-9] + b"otherwise")
    export(study, "one")
    assert contents(study, "one") == first


def test_damaged_figures_are_told_before_a_run(study, capsys):
    export(study, "one")
    folder = study.build_folder / "cache" / "figures"
    remove_damaged(folder)
    assert capsys.readouterr().err == ""
    next(folder.glob("one-*/pdf")).unlink()
    (folder / "one.pdf").write_text("as an earlier version kept them", encoding="utf-8")
    remove_damaged(folder)
    told = capsys.readouterr().err
    assert "and 1 more: this part of the cache was damaged" in told and told.count("\n") == 1
    assert list(folder.iterdir()) == []
    remove_damaged(folder / "missing")
    folder.rmdir()
    folder.write_text("in the way", encoding="utf-8")
    remove_damaged(folder)
    assert capsys.readouterr().err.startswith(f"{folder}: this part")
    export(study, "one")
    assert len(list(folder.glob("one-*/pdf"))) == 1


def test_what_another_run_is_just_keeping_is_not_taken_for_damaged(tmp_path, capsys):
    with scratch_folder(tmp_path, "cost-0123456789abcdef") as scratch:
        (scratch / "new").mkdir()
        remove_damaged(tmp_path)
        assert (scratch / "new").is_dir()
    assert capsys.readouterr().err == ""


#: Settings that somebody may have, and that change every figure if they are heard.
HOSTILE = """\
figure.figsize: 3, 9
figure.facecolor: red
figure.dpi: 40
figure.constrained_layout.use: True
savefig.facecolor: yellow
savefig.pad_inches: 1
savefig.transparent: True
svg.fonttype: none
pdf.compression: 0
path.simplify: False
path.sketch: 5, 20, 3
lines.linewidth: 9
lines.markeredgewidth: 4
lines.scale_dashes: False
errorbar.capsize: 8
patch.linewidth: 6
hatch.linewidth: 5
axes.facecolor: black
axes.xmargin: 0.4
axes.prop_cycle: cycler('color', ['r', 'g'])
axes.axisbelow: False
axes.titley: 0.3
axes.titlepad: 30
axes.unicode_minus: False
axes.formatter.limits: 0, 1
axes.labelpad: 20
xtick.minor.visible: True
xtick.direction: in
xtick.major.pad: 20
ytick.right: True
legend.loc: lower left
legend.fancybox: False
legend.borderpad: 3
legend.markerscale: 3
text.antialiased: False
text.hinting: none
text.usetex: True
font.weight: bold
font.stretch: condensed
mathtext.fontset: cm
image.cmap: gray
"""

DRAWN = """\
import sys
from functools import partial
from pathlib import Path
from types import SimpleNamespace
import matplotlib.pyplot as plt, pandas as pd
from analysis_utils.output import figures
study = SimpleNamespace(build_folder=Path(sys.argv[1]), figures_folder=Path(sys.argv[1], "figures"))
def plot(width):
    fig, axes = plt.subplots(1, 3, figsize=(width, 2))
    axes[0].errorbar([1, -2], [2, 1], xerr=[0.5, 1], fmt="o", label="a")
    axes[0].legend(title="told")
    axes[0].set_title("Interval")
    axes[1].barh(["a", "b"], [20000, 1], hatch="//")
    axes[1].text(1, 0, "$5 said")
    axes[2].plot([1, 2, 3], [3, 1, 2], "--", marker="x")
    axes[2].imshow([[1, 2], [3, 4]])
    return fig
figures.export(figures.Figure("one", partial(plot), pd.DataFrame(), "A title", "c", "a"), study)
"""


@pytest.mark.slow
def test_nobodys_own_settings_of_matplotlib_change_a_figure(tmp_path):
    drawn = []
    for name, settings in (("plain", ""), ("hostile", HOSTILE)):
        place = tmp_path / name
        place.mkdir()
        (place / "matplotlibrc").write_text(settings, encoding="utf-8")
        environment = os.environ | {"MPLCONFIGDIR": str(place), "MPLBACKEND": "agg"}
        script = place / "drawn.py"
        script.write_text(DRAWN, encoding="utf-8")
        command = [sys.executable, str(script), str(place)]
        subprocess.run(command, env=environment, check=True)
        files = sorted((place / "figures").iterdir())
        drawn.append({path.name: path.read_bytes() for path in files})
    assert len(drawn[0]) == 5
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("width", figures.WIDTHS)
def test_a_figure_has_the_width_that_print_asks_for(study, width):
    export(study, width=width)
    name = "bars" if width == "page" else "bars_column"
    with Image.open(study.figures_folder / f"{name}.png") as picture:
        assert picture.width / 300 * 25.4 == pytest.approx(figures.WIDTHS[width], abs=0.2)
    svg = ElementTree.parse(study.figures_folder / f"{name}.svg").getroot()
    points = float(svg.get("width").removesuffix("pt"))
    assert points / 72 * 25.4 == pytest.approx(figures.WIDTHS[width], abs=0.1)
    assert print_faults(bars(), [width]) == []


def test_a_title_stands_whole_above_the_figure_or_not_at_all(study):
    long = bars(title="Nothing of all this is told by the other outlet, not even in its last line")
    faults = print_faults(long)
    assert faults == []
    for title in (True, False):
        figures.export(long, study, width="column", title=title)
        svg = (study.figures_folder / "bars_column.svg").read_text(encoding="utf-8")
        lines = re.findall(r'<text style="font-weight: 700; font-size: 9px[^>]*>([^<]*)<', svg)
        assert (" ".join(lines) == long.title) == title
        assert (len(lines) > 1) == title


def test_a_legend_stands_below_the_title():
    def plot(*, width):
        fig, axis = plt.subplots(figsize=(width, 2))
        axis.plot([1, 2], label="told")
        fig.legend(loc="outside upper left")
        return fig

    figure = figures.Figure("one", partial(plot), DATA, "A title", "c", "a")
    letters = list(characters(printed_page(figure, "page")))
    title = min(letter.y0 for letter in letters[:7])
    assert "".join(letter.get_text() for letter in letters).startswith("A title")
    assert all(letter.y1 < title for letter in letters[7:])


def test_a_figure_that_does_not_fit_its_page_is_refused(study):
    with pytest.raises(ValueError, match="figure bars is 254 mm high, and a page has room for 230"):
        export(study, height=10)
    wide = figures.Figure("wide", partial(lambda width: plt.figure(figsize=(9, 1))), DATA, *"abc")
    with pytest.raises(ValueError, match="figure wide is 229 mm wide: draw it 174 mm wide"):
        figures.export(wide, study)
    with pytest.raises(ValueError, match="choose column or page"):
        export(study, width="poster")
    plt.close("all")


def test_title_and_description_are_inside_the_picture(study):
    export(study, title="A < B", alt="Two bars & no more.")
    svg = ElementTree.parse(study.figures_folder / "bars.svg").getroot()
    named = {part.tag.rpartition("}")[2]: part.text for part in list(svg)[:2]}
    assert named == {"title": "A < B", "desc": "Two bars & no more."}
    assert any(part.text == "a" for part in svg.iter() if part.tag.endswith("text"))


DRAWS_NOTHING = """\
import sys
from analysis_utils.output import figures, marks, tables
heavy = {"matplotlib.pyplot", "matplotlib.figure", "seaborn", "docx", "openpyxl", "scipy.stats"}
sys.exit(", ".join(heavy & set(sys.modules)) or None)
"""


def test_nothing_heavy_is_loaded_before_a_figure_is_drawn():
    subprocess.run([sys.executable, "-c", DRAWS_NOTHING], check=True)


def test_print_picture_has_300_dots_an_inch_and_no_date(study):
    export(study)
    with Image.open(study.figures_folder / "bars.png") as picture:
        assert [round(value) for value in picture.info["dpi"]] == [300, 300]
        assert set(picture.info) == {"dpi"}


def test_pdf_embeds_truetype_and_names_no_time(study):
    export(study)
    pdf = (study.figures_folder / "bars.pdf").read_bytes()
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf
    assert b"CreationDate" not in pdf


def test_table_behind_the_figure_reads_back(study):
    export(study)
    pd.testing.assert_frame_equal(
        pd.read_csv(study.figures_folder / "bars.csv"), DATA, check_dtype=False
    )


@pytest.mark.parametrize("width", figures.WIDTHS)
def test_a_figure_as_wide_as_the_page_stands_over_both_columns_in_latex(study, width):
    shown = export(study, width=width)
    text = (study.figures_folder / f"{shown.name}.md").read_text(encoding="utf-8")
    assert (r"\begin{figure*}" in text) == (r"\end{figure*}" in text) == (width == "page")
    assert f"{{{shown.name}.pdf}}" in text


def test_write_up_escapes_latex(study):
    export(study, caption="50% of words & all of Kaspersky_Lab's.")
    text = (study.figures_folder / "bars.md").read_text(encoding="utf-8")
    assert r"\caption{50\% of words \& all of Kaspersky\_Lab's.}" in text
    assert "![Two bars.](bars.png)" in text


@pytest.mark.parametrize("missing", ["title", "caption", "alt"])
def test_a_figure_needs_title_caption_and_alternative_text(study, missing):
    with pytest.raises(ValueError, match=f"figure bars: give it a text for {missing}"):
        export(study, **{missing: "  "})
    assert not study.figures_folder.exists()
    plt.close("all")


def test_the_figure_is_closed_after_export(study):
    export(study)
    assert plt.get_fignums() == []


def test_each_outlet_keeps_its_colour_and_marker():
    outlets = [f"outlet{number}" for number in range(10)]
    assert len(set(style.outlet_colours(outlets).values())) == 10
    assert len(set(style.outlet_markers(outlets).values())) == 10
    many = range(110)
    signs = zip(
        style.outlet_colours(many).values(), style.outlet_markers(many).values(), strict=True
    )
    assert len(set(signs)) == 110
    assert style.outlet_colours(outlets[:2]).items() <= style.outlet_colours(outlets).items()


def test_neighbouring_colours_differ_in_grey_print():
    def lightness(colour):
        red, green, blue = to_rgb(colour)
        return 0.299 * red + 0.587 * green + 0.114 * blue

    greys = [lightness(colour) for colour in style.COLOURS]
    assert all(abs(a - b) > 0.1 for a, b in pairwise(greys))


def test_the_caption_is_shown_without_markup(study, capsys):
    figure = export(study, caption="50 <b>words</b> of *A_B*")
    figure._ipython_display_()
    text = (study.figures_folder / "bars.md").read_text(encoding="utf-8")
    assert r"*50 \<b\>words\</b\> of \*A\_B\**" in text


def test_dollar_signs_begin_no_formula(study):
    export(study, "dollars", heading="The $_$ Post, $^$", title="$x$ and $_")
    svg = (study.figures_folder / "dollars.svg").read_text(encoding="utf-8")
    assert "The $_$ Post, $^$" in svg and "$x$ and $_" in svg


def test_texts_of_the_csv_file_are_no_formulas(study):
    data = pd.DataFrame({"words": ["=1+1", "halt"], "n": [-1, 2]})
    figures.export(replace(bars("formulas"), data=data), study)
    saved = pd.read_csv(study.figures_folder / "formulas.csv")
    assert saved["words"].tolist() == ["'=1+1", "halt"]
    assert saved["n"].tolist() == [-1, 2]


def plot_odd(*, width):
    fig, ax = plt.subplots(figsize=(width, 3))
    ax.plot([0, 1], label=ALL_ACTING)
    ax.legend()
    ax.set_title(ALL_ACTING)
    ax.set_xticks(range(len(ACTING)), [f"a{character}b" for character in ACTING])
    ax.set_yticks([0], [ALL_ACTING], minor=True)
    return fig


@pytest.mark.filterwarnings("ignore:constrained_layout not applied")
def test_no_character_acts_in_a_figure(study):
    """Some would break the file of a picture, and others turn what stands beside them."""
    figures.export(figures.Figure("odd", partial(plot_odd), DATA, *[ALL_ACTING] * 3), study)
    svg = (study.figures_folder / "odd.svg").read_text(encoding="utf-8")
    assert ElementTree.fromstring(svg).tag.endswith("svg")
    assert all(svg.count(shown(character)) >= 3 for character in ACTING)
    for text in (svg, (study.figures_folder / "odd.md").read_text(encoding="utf-8")):
        assert not set(text) & set(ACTING)
    assert (study.figures_folder / "odd.pdf").read_bytes().endswith(b"%%EOF\n")
