"""The files in a folder and in the folders in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from analysis_utils.study.file import no_file


def files_of(
    folder: Path,
    wrong: list[str],
    above: tuple[str, ...] = (),
    read: dict[str, Path] | None = None,
) -> Iterator[Path]:
    """All files in a folder and the folders in it, sorted.

    Hidden ones are left out, and the folders with pictures that a browser makes
    beside a page that it saves ("page_files" beside "page.html").  Faults of links, pipes
    and folders that cannot be read go to ``wrong``, and so do links to a folder that is ``read``
    already: a few folders with links to each other have millions of paths.
    """
    real, read = os.path.realpath(folder), {} if read is None else read
    above, read[real] = (*above, real), folder
    try:
        inside = sorted(folder / name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        wrong.append(f"{folder}: the folder cannot be read ({error.strerror}). Make it readable.")
        return
    pictures = {f"{path.stem}_files" for path in inside if os.path.isfile(path)}
    for path in inside:
        if os.path.isfile(path):
            yield path
        elif not os.path.isdir(path):
            wrong.append(f"{path}: {no_file(path)} Put the page itself there, or delete it.")
        elif os.path.realpath(path) in above:
            wrong.append(f"{path}: this link leads back to a folder that it lies in. Delete it.")
        elif (first := read.get(os.path.realpath(path))) is not None:
            wrong.append(f"{path}: this is the folder {first} again. Delete the link to it.")
        elif path.name not in pictures:
            yield from files_of(path, wrong, above, read)
