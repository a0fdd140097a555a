"""How news outlets tell the same event differently."""

import logging
import os

# onnxruntime sends what it is run on to its makers, unless this stands before its import.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# A first list of fonts that takes long makes Matplotlib say so: not in a notebook, please.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

__version__ = "0.2.0"
