"""How news outlets tell the same event differently."""

import logging
import os

# onnxruntime sends what it is run on to its makers, unless this stands before its import.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# Where fonts are listed for the first time and that takes long, Matplotlib says so: into a notebook.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

__version__ = "0.2.0"
