"""``python -m analysis_utils`` is the ``framing`` command."""

import sys

from analysis_utils.cli import main

if __name__ == "__main__":
    sys.exit(main())
