"""``python -m analysis_utils`` is the ``framing`` command."""

import sys


def run() -> int:
    """The command, which ends without a word if Ctrl-C comes before it has begun."""
    try:
        from analysis_utils.cli import main

        return main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(run())
