"""Opens JupyterLab on the notebooks, laid out for reading them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from analysis_utils.files.workspace import collection, own_folders, workspace
from analysis_utils.study import Study

#: The layout that readers start from; JupyterLab looks for a workspace under this file name.
LAYOUT = collection() / "jupyter/share/jupyter/lab/workspaces/framing-807d.jupyterlab-workspace"

#: Where JupyterLab opens: at that workspace.
ADDRESS = "/lab/workspaces/framing"


def open_lab(study: Study, options: Sequence[str] = ()) -> None:
    """Start JupyterLab in the workspace; returns when it is stopped.

    Its settings and layouts lie in the workspace too, unless a variable names other folders.

    Parameters
    ----------
    study
        What the notebooks tell.
    options
        Further options of JupyterLab, such as ``--no-browser``.
    """
    os.environ |= own_folders()  # before Jupyter is imported, which reads them then
    from jupyterlab.commands import get_workspaces_dir
    from jupyterlab.labapp import LabApp

    lay_out(Path(get_workspaces_dir()))
    os.environ |= {"FRAMING_STUDY": str(study.folder), "FRAMING_WORKSPACE": str(workspace())}
    os.chdir(workspace())
    LabApp.launch_instance([f"--LabApp.default_url={ADDRESS}", *options])


def lay_out(workspaces: Path) -> None:
    """Put the layout among a reader's workspaces, unless it is there: then it is the reader's."""
    place = workspaces / LAYOUT.name
    if not place.exists():
        workspaces.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(LAYOUT, place)
