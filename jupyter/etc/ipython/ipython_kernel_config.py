"""Settings of the kernels in this environment."""

import os
from importlib.util import find_spec

# onnxruntime sends what it is run on to its makers, unless this stands before its import.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

c = get_config()  # noqa: F821 (IPython gives it to this file)

if find_spec("analysis_utils"):  # a kernel starts without the package too
    c.InteractiveShellApp.extensions.append("analysis_utils.lab.cell_order")
