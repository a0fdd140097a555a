"""Opens JupyterLab on the notebooks, laid out for reading them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from analysis_utils.study import Study, project_root

#: The layout that readers start from; JupyterLab looks for a workspace under this file name.
LAYOUT = project_root() / "jupyter/share/jupyter/lab/workspaces/framing-807d.jupyterlab-workspace"

#: Where JupyterLab opens: at that workspace.
ADDRESS = "/lab/workspaces/framing"


def open_lab(study: Study, options: Sequence[str] = ()) -> None:
    """Start JupyterLab in the project's folder; returns when it is stopped.

    Parameters
    ----------
    study
        What the notebooks tell.
    options
        Further options of JupyterLab, such as ``--no-browser``.
    """
    from jupyterlab.commands import get_workspaces_dir
    from jupyterlab.labapp import LabApp

    lay_out(Path(get_workspaces_dir()))
    os.environ["FRAMING_STUDY"] = str(study.folder)
    os.chdir(project_root())
    LabApp.launch_instance([f"--LabApp.default_url={ADDRESS}", *options])


def lay_out(workspaces: Path) -> None:
    """Put the layout among a reader's workspaces, unless it is there: then it is the reader's."""
    place = workspaces / LAYOUT.name
    if not place.exists():
        workspaces.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(LAYOUT, place)
