"""Puts what the collection reads beside the package into the wheel.

An editable install reads it where it lies in the checkout, and gets none of it.
"""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Files and folders of the checkout that the package reads, or that `framing start` copies.
COLLECTION = (*("notebooks", "data", "benchmarks/results", "jupyter", "CITATION.cff"),)

#: Left behind by tools in any folder.
LEFT_BEHIND = ("__pycache__", ".ipynb_checkpoints", ".DS_Store")

#: Made by hand for one's own use: sheets to code.
OWN = ("coding",)


class CustomBuildHook(BuildHookInterface):
    """Adds the collection to a wheel that is no editable one."""

    def initialize(self, version: str, build_data: dict) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        for name in COLLECTION:
            for path in _files(root / name):
                place = path.relative_to(root).as_posix()
                build_data["force_include"][str(path)] = f"analysis_utils/collection/{place}"


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    found = sorted(each for each in path.rglob("*") if each.is_file())
    left_out = {*LEFT_BEHIND, *OWN}
    return [each for each in found if not set(each.relative_to(path).parts) & left_out]
