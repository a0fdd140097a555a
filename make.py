"""The project's commands, on any system: `python make.py report`, `python make.py test`.

Each makes the environment `.venv` from the locks first, if it is missing or older than they are;
`make report` does the same where there is make.  Nothing is written outside the project.
"""

import csv
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from contextlib import contextmanager, suppress
from pathlib import Path

#: The oldest and the newest Python that the project runs on.
SUPPORTED = ((3, 11), (3, 14))

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TRAIN_VENV = ROOT / ".venv-train"

ON_WINDOWS = os.name == "nt"

#: What is installed, each with versions and hashes: the installer, what users need, the rest.
INSTALLER, LOCK, DEV_LOCK = (
    ROOT / f"requirements{kind}.lock" for kind in ("-installer", "", "-dev")
)
START_WEIGHTS = ROOT / "training" / "start_weights.txt"

#: Removed by `clean`.
MADE = (".venv", ".venv-train", ".pytest_cache", ".ruff_cache", ".hypothesis")

#: Where earlier versions put sheets that people fill in: `clean` keeps those.
SHEETS = ("*/coding/*.*", "*/functions.csv")


class Trouble(Exception):
    """What stops a command, in words for its user."""


def main() -> int:
    options = _options()
    study = options.study or os.environ.get("STUDY", "").strip()
    if study:
        os.environ["FRAMING_STUDY"] = study
    try:
        return COMMANDS[options.command][0](options)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _options() -> Namespace:
    listed = "\n".join(f"  {name:14} {purpose}" for name, (_, purpose) in COMMANDS.items())
    parser = ArgumentParser(
        prog="make.py",
        description=__doc__.splitlines()[0],
        epilog=f"commands:\n{listed}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("--study", default="", help="a study under data/, or the folder of one")
    parser.add_argument("--data", default="", help="for train: folder of labelled sentences")
    parser.add_argument("--texts", nargs="*", default=[], help="for train: further news, as text")
    parser.add_argument("more", nargs="*", help="further words for the command, after --")
    return parser.parse_args()


def setup(options: Namespace) -> int:
    set_up()
    return 0


def report(options: Namespace) -> int:
    set_up()
    return run("-m", "analysis_utils", "report", *options.more)


def test(options: Namespace) -> int:
    set_up(DEV_LOCK)
    return run("-m", "pytest", *options.more)


def lab(options: Namespace) -> int:
    set_up()
    return run("-m", "analysis_utils", "lab", *(["--", *options.more] if options.more else []))


def notebooks(options: Namespace) -> int:
    set_up()
    os.environ |= {"FRAMING_STUDY": "", "FRAMING_BUILD": ""}
    code = run("-m", "analysis_utils", "run", *options.more)
    if code == 0:
        figure = ROOT / "build" / "kaspersky-europol" / "figures" / "term_contrast.png"
        shutil.copyfile(figure, ROOT / "docs" / "term_contrast.png")
    return code


def lint(options: Namespace) -> int:
    set_up(DEV_LOCK)
    checks = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))
    return next(filter(None, (run("-m", *check) for check in checks)), 0)


def format_code(options: Namespace) -> int:
    set_up(DEV_LOCK)
    return run("-m", "ruff", "check", "--fix", ".") or run("-m", "ruff", "format", ".")


def lock(options: Namespace) -> int:
    """Pin the newest versions that pyproject.toml allows."""
    set_up()
    common = ("pip", "compile", "--universal", "--generate-hashes", "--upgrade", "--quiet",
              "--python-version", "3.11", "--no-annotate", "--no-emit-index-url",
              "--custom-compile-command", "make lock")  # fmt: skip
    uv(*common, "pyproject.toml", "--output-file", str(LOCK))
    uv(*common, "pyproject.toml", "--extra", "dev", "--constraint", str(LOCK),
       "--output-file", str(DEV_LOCK))  # fmt: skip
    uv(*common, str(INSTALLER.with_suffix(".in")), "--output-file", str(INSTALLER))
    return 0


def train(options: Namespace) -> int:
    if not options.data:
        raise Trouble(
            "Where are the labelled sentences? make train DATA=folder TEXTS='files';"
            " see analysis_utils/models/target_sentiment/README.md"
        )
    set_up_training()
    texts = ["--texts", *options.texts] if options.texts else []
    return run("-m", "training.target_sentiment", options.data, *texts, venv=TRAIN_VENV)


def test_training(options: Namespace) -> int:
    set_up_training()
    return run("-m", "pytest", "tests/test_training_target_sentiment.py", venv=TRAIN_VENV)


def clean(options: Namespace) -> int:
    for name in MADE:
        shutil.rmtree(ROOT / name, ignore_errors=True)
    build = ROOT / "build"
    by_hand = [path for kind in SHEETS for path in sorted(build.glob(kind)) if _may_be_filled(path)]
    _remove_all_but(by_hand, build)
    for path in by_hand:
        print(f"Kept, as somebody may have filled it in: {path}. Move it into the study's folder.")
    return 0


def _may_be_filled(sheet: Path) -> bool:
    if sheet.name != "functions.csv":
        return True
    with open(sheet, encoding="utf-8-sig", errors="replace", newline="") as file:
        # Without such a heading it was saved by a spreadsheet, with other separators.
        return any((row.get("statement", "?") or "").strip() for row in csv.DictReader(file))


def _remove_all_but(kept: "list[Path]", folder: Path) -> None:
    # What lies in a folder comes after it, and so goes before it.
    for path in sorted([folder, *folder.rglob("*")], reverse=True):
        with suppress(OSError):
            if path.is_dir() and not path.is_symlink():
                path.rmdir()  # not if something in it is kept
            elif path not in kept:
                path.unlink()


COMMANDS = {
    "setup": (setup, "make the environment .venv, and nothing else"),
    "report": (report, "run every notebook; leaves report, write-up, figures and tables"),
    "test": (test, "run the tests: the fast ones first"),
    "lab": (lab, "explore in JupyterLab"),
    "notebooks": (notebooks, "rerun the notebooks in place, to commit their outputs"),
    "lint": (lint, "check style"),
    "format": (format_code, "mend style"),
    "lock": (lock, "pin the newest versions that pyproject.toml allows"),
    "train": (train, "learn the target model again, from --data and --texts (three hours)"),
    "test-training": (test_training, "test how the target model is learnt, with torch"),
    "clean": (clean, "remove what these commands made"),
}


def set_up(lock: Path = LOCK) -> None:
    """Make the environment, unless it stands as this lock wants it.

    Users' packages come first; those of a further lock are added to them.
    """
    wanted = {LOCK: _fingerprint(LOCK), lock: _fingerprint(lock)}
    if all(_stands(*each) for each in wanted.items()):
        return
    with alone():
        if not _stands(LOCK, wanted[LOCK]):
            _make_environment()
        for each, fingerprint in wanted.items():
            if not _stands(each, fingerprint):
                _install(each)
                _note(each).write_text(fingerprint, encoding="utf-8")


@contextmanager
def alone():
    """Let nobody else set up in this folder meanwhile; the system frees the lock of the dead."""
    with _lock_file() as file:
        if not _locked(file):
            print("Waiting for another set-up in this folder ...", file=sys.stderr, flush=True)
            while not _locked(file):
                time.sleep(0.2)
        os.set_inheritable(file.fileno(), True)
        yield


def _lock_file():
    try:
        (ROOT / "build").mkdir(exist_ok=True)
        return open(ROOT / "build" / ".set-up.lock", "wb")
    except OSError as error:
        raise Trouble(
            f"{ROOT} cannot be written ({error.strerror}). Copy the project to a folder of your own"
            " and run it there."
        ) from None


def _locked(file) -> bool:
    """Lock an open file until it is closed, unless somebody else has; there is no other package
    to ask before the set-up."""
    try:
        if ON_WINDOWS:
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _make_environment() -> None:
    if not SUPPORTED[0] <= sys.version_info[:2] <= SUPPORTED[1]:
        raise Trouble(
            "This project needs Python 3.11 to 3.14; this is Python {}.{}. Install one of them,"
            " and run make.py with it.".format(*sys.version_info)
        )
    print(f"Setting up {VENV.name} with Python {sys.version.split()[0]} ...", flush=True)
    _new_environment(VENV)
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir")
    install = (*pip, "--require-hashes", "-r", str(INSTALLER))
    _checked(str(python()), *install, environment=_without_compilers(VENV))


def _new_environment(venv: Path) -> None:
    try:
        shutil.rmtree(venv, ignore_errors=True)
        command = (sys.executable, "-m", "venv", str(venv))
        made = not _returncode(*command, environment=_without_compilers(venv))
    except OSError:
        made = False
    if not made:
        raise Trouble(
            f"{venv} could not be made. Can this folder be written, is there space on the disk,"
            f" and does {sys.executable} have the module venv (on Debian: python3-venv)?"
        )


def _without_compilers(venv: Path) -> "dict[str, str]":
    """Variables under which pip finds no Rust compiler: it would ask one for its version, and
    that may write into the home folder."""
    return os.environ | ({} if ON_WINDOWS else {"PATH": str(python(venv).parent)})


def _install(lock: Path) -> None:
    # uv installs in seconds where pip takes more than a minute; both check the hashes.
    into = ("pip", "install", "--quiet", "--python", str(python()))
    uv(*into, "--compile-bytecode", "--require-hashes", "-r", str(lock))
    if lock == LOCK:
        uv(*into, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def set_up_training() -> None:
    """Make an environment of its own for training, with torch."""
    set_up(DEV_LOCK)
    fingerprint = _fingerprint(DEV_LOCK) + _fingerprint(START_WEIGHTS)
    note = TRAIN_VENV / "ready"
    if note.is_file() and note.read_text(encoding="utf-8") == fingerprint:
        return
    print(f"Setting up {TRAIN_VENV.name} ...", flush=True)
    _new_environment(TRAIN_VENV)
    there = python(TRAIN_VENV)
    uv("pip", "install", "--quiet", "--require-hashes", "-r", str(DEV_LOCK), "--python", str(there))
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _checked(str(there), *pip, "--no-build-isolation", "--editable", f"{ROOT}[train]")
    # The start weights bring dependencies of their own that training does not use: left out.
    _checked(str(there), *pip, "--no-deps", "--require-hashes", "-r", str(START_WEIGHTS))
    note.write_text(fingerprint, encoding="utf-8")


def _fingerprint(lock: Path) -> str:
    """What an environment is made from: the lock, the settings copied into it, and the place,
    as an environment cannot be moved."""
    jupyter = sorted(path for path in (ROOT / "jupyter").rglob("*") if path.is_file())
    content = b"".join(path.read_bytes() for path in (lock, ROOT / "pyproject.toml", *jupyter))
    return hashlib.sha256(content + f"{sys.version} {ROOT}".encode()).hexdigest()


def _note(lock: Path) -> Path:
    """The file that says from what an environment was made."""
    return VENV / f"{lock.stem}.ready"


def _stands(lock: Path, fingerprint: str) -> bool:
    note = _note(lock)
    return note.is_file() and note.read_text(encoding="utf-8") == fingerprint


def python(venv: Path = VENV) -> Path:
    """The Python of an environment."""
    return venv / ("Scripts/python.exe" if ON_WINDOWS else "bin/python")


def uv(*words: str) -> None:
    """Run the installer; its cache lies in the environment and goes when it is done.

    So nothing is left in the user's home folder, which may be read-only, and what is unpacked
    lies on the disk that it is needed on.
    """
    cache = VENV / "uv-cache"
    environment = os.environ | {"UV_CACHE_DIR": str(cache), "UV_NO_PROGRESS": "1"}
    try:
        _checked(str(python()), "-m", "uv", *words, environment=environment)
    finally:
        shutil.rmtree(cache, ignore_errors=True)


def _checked(*command: str, environment: "dict[str, str] | None" = None) -> None:
    if _returncode(*command, environment=environment):
        raise Trouble(
            "The packages could not be installed (the reason stands above). The first run needs"
            " a network connection and about 2 GB on this disk; try again."
        )


def _returncode(*command: str, environment: "dict[str, str] | None" = None) -> int:
    """Run a part of the set-up to its end, or end it with all that it has started.

    It inherits the lock: if this process is killed, the next set-up waits for what is left of it.
    """
    own = {} if ON_WINDOWS else {"start_new_session": True}
    own |= {"env": environment, "cwd": ROOT, "close_fds": False}
    with _stoppable(), subprocess.Popen(command, **own) as process:
        try:
            return process.wait()
        except BaseException:
            with suppress(ProcessLookupError):
                process.kill() if ON_WINDOWS else os.killpg(process.pid, signal.SIGKILL)
            raise


@contextmanager
def _stoppable():
    """Let signals that end this process end what it runs too."""
    signals = _unhandled_signals()
    try:
        for number in signals:
            signal.signal(number, lambda received, _frame: sys.exit(128 + received))
    except ValueError:  # not the main thread, which alone gets signals
        signals = []
    try:
        yield
    finally:
        for number in signals:
            signal.signal(number, signal.SIG_DFL)


def _unhandled_signals() -> "list[int]":
    known = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    return [each for each in known if each and signal.getsignal(each) == signal.SIG_DFL]


def run(*words: str, venv: Path = VENV) -> int:
    """Run the environment's Python in the project's folder; its exit code."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    process = subprocess.Popen([str(python(venv)), *words], env=environment, cwd=ROOT)
    _pass_signals_on(process)
    while True:
        try:
            code = process.wait()
            return code if code >= 0 else 128 - code
        except KeyboardInterrupt:  # it got that too, and clears away what it began
            continue


def _pass_signals_on(process: subprocess.Popen) -> None:
    for number in _unhandled_signals():
        signal.signal(number, lambda received, _frame: process.send_signal(received))


if __name__ == "__main__":
    sys.exit(main())
