"""Says beside a NameError what to do when a cell was run before the cells that it builds on.

An extension of IPython: the kernel's settings in ``jupyter/etc/ipython`` load it.
"""

from __future__ import annotations

import html
import traceback
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult, InteractiveShell


def load_ipython_extension(shell: InteractiveShell) -> None:
    """What IPython calls to load the extension."""
    shell.events.register("post_run_cell", partial(advise, shell))


def advise(shell: InteractiveShell, result: ExecutionResult) -> None:
    """Show, below the error of a cell, which name is not there yet and how to make it."""
    name = missing_name(shell, result.error_in_exec)
    if name:
        from IPython.display import display

        from analysis_utils.output.cells import Shown  # heavy: not when the kernel starts

        display(Shown(_advice(f"<code>{html.escape(name)}</code>"), _advice(f"`{name}`")))


def missing_name(shell: InteractiveShell, error: BaseException | None) -> str:
    """The name that a cell asked for and no cell has made; empty if that is not the error."""
    if type(error) is not NameError or not error.name:
        return ""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    in_a_cell = frame.f_globals is shell.user_global_ns  # not a slip inside a package
    return error.name if in_a_cell and error.name not in shell.user_ns else ""


def _advice(name: str) -> str:
    return (
        f"{name} is not there yet: it is made by a cell further up that has not been run."
        " Run the notebook from its first cell: menu Run > Run All Cells."
    )
