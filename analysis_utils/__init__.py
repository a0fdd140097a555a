"""How news outlets tell the same event differently."""

import os

# onnxruntime sends what it is run on to its makers, unless this stands before its import.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__version__ = "0.2.0"
