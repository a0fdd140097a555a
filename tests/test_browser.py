"""Notebooks and report in a real browser: they run, answer, run nothing foreign, and can be read
without eyes or mouse.

Pictures of the notebooks are left in ``build/screenshots``.
"""

import pytest
from browser import (
    Watch,
    choose,
    errors,
    lab_server,
    notebook,
    open_lab,
    open_notebook,
    photograph,
    report_of,
    run_all,
    run_cell,
    shown,
    the_view,
)
from hostile_study import hostile_study

from analysis_utils.files.workspace import collection
from analysis_utils.report.notebooks import Run, find_notebooks
from analysis_utils.study import read_study

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PATHS = find_notebooks(collection() / "notebooks")
NAMES = [path.stem for path in PATHS]

#: The view of each notebook that has one.
VIEWS = {
    "0_findings": "tellings",
    "7_cleaning": "reader",
    "1_term_contrast": "terms",
    "2_actor_sentiment": "actors",
    "3_coverage": "statements",
    "6_frames": "frames",
}

#: What to choose in each view: the label of a control and an option that shows something else.
CHOICES = {
    "tellings": [("Shade voices", False), ("Mark actors", False), ("Mark differing words", False)],
    "reader": [
        ("Article", 1),
        ("Mark actors", False),
        ("Mark voices", False),
        ("Show removed lines", True),
        ("Raw page beside", True),
    ],
    "terms": [
        ("Outlets", 0),
        ("Outlets", [0, 1]),
        ("Unit", 1),
        ("Ordered by", 1),
        ("Merge variants", False),
        ("Look up a word", "Europol"),
    ],
    "actors": [("Actor", 1), ("Method", 1), ("Voice", 1), ("Outlet", 1)],
    "statements": [("Show", 1), ("Order", 1), ("With the word", "Europol")],
    "frames": [("Frame", 1), ("Terms", "threat"), ("In", 1)],
}


@pytest.fixture(scope="module")
def lab(page, tmp_path_factory):
    """The page with JupyterLab in it, and what it did unasked."""
    with lab_server(tmp_path_factory.mktemp("lab")) as address:
        watch = Watch().on(page, address.partition("?")[0])
        open_lab(page, address)
        yield watch


@pytest.fixture(scope="module", params=NAMES)
def ran(request, page, lab):
    """The name of a notebook whose cells have all been run."""
    open_notebook(page, request.param)
    run_all(page)
    return request.param


def test_jupyterlab_opens_as_laid_out(page, lab):
    contents = page.locator(".jp-TableOfContents")
    contents.get_by_text("The tellings side by side").wait_for()
    open_notebook(page, "0_findings")
    assert page.title().startswith("0_findings")
    assert page.locator(".Toastify__toast").count() == 0


def test_every_cell_runs_and_nobody_else_is_asked(page, lab, ran):
    folder = collection() / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    photograph(page, folder / f"{ran}.png")
    assert errors(page) == []
    assert lab.unasked() == []


def test_the_view_answers_every_control(page, ran):
    if ran not in VIEWS:
        pytest.skip("a notebook without a view")
    view = the_view(page, VIEWS[ran])
    for label, option in CHOICES[VIEWS[ran]]:
        choose(view, label, option)
        assert shown(view)


def test_a_cell_run_out_of_order_says_what_to_do(page, lab):
    open_notebook(page, "0_findings")
    places = [place for place, cell in enumerate(notebook(page).cells) if cell.cell_type == "code"]
    run_cell(page, places[2])
    assert errors(page) == ["NameError: name 'export' is not defined"]
    advice = page.get_by_text("menu Run > Run All Cells")
    assert "export is not there yet" in advice.inner_text()


def test_a_link_to_a_notebook_opens_it(page, lab):
    open_notebook(page, "0_findings")
    page.get_by_role("link", name="How far can each measure be trusted?").first.click()
    page.wait_for_function("document.title.startsWith('8_validity')")
    open_notebook(page, "1_term_contrast")
    page.locator("a.sentence").first.evaluate("link => link.click()")  # wherever it is scrolled to
    page.wait_for_function("document.title.startsWith('0_findings')")


@pytest.fixture(scope="module")
def attacked(page, lab, tmp_path_factory):
    """A hostile study and its notebooks, run in JupyterLab and looked at there."""
    study = read_study(hostile_study(tmp_path_factory.mktemp("studies") / "hostile"))
    runs = []
    for path in PATHS:
        open_notebook(page, path.stem, study.folder)
        run_all(page)
        runs.append(Run(path, notebook(page)))
        assert errors(page) == [], path.stem
        assert harm(page) == [], path.stem
    return study, runs


def harm(page):
    """What hostile text has done to a page: code that ran, links that would run some."""
    links = page.locator('a[href^="javascript:"], .jp-OutputArea iframe').count()
    return [each for each in (page.evaluate("window.__ran"), links) if each]


def test_hostile_articles_run_nothing_in_jupyterlab(lab, attacked):
    assert lab.unasked() == []


def test_hostile_articles_run_nothing_in_the_report(tab, attacked, tmp_path):
    watch = Watch().on(tab, "file://")
    for file in report_of(*attacked, tmp_path):
        tab.goto(file.as_uri())
        unfold(tab)
        assert harm(tab) == [], file.name
    assert watch.unasked() == []


def unfold(tab):
    """Show all that a page of the report has folded away, its code too."""
    tab.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    for switch in tab.locator("#show-code").all():
        switch.check()


def test_the_report_can_be_read_without_eyes_or_mouse(tab, report):
    """No finding of axe-core, of any weight, with the code cells folded and open."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = []
    for file in report:
        tab.goto(file.as_uri())
        unfold(tab)
        found += [f"{file.name}: {finding}" for finding in findings(axe.run(tab))]
    assert not found, "\n".join(found)


def findings(results):
    """Findings of axe-core in a line each: weight, rule, first places."""
    return [
        f"{each['impact']}: {each['help']} ({each['id']}): "
        + "; ".join(node["html"][:200] for node in each["nodes"][:3])
        for each in results.response["violations"]
    ]
