"""Settings of the kernels in this environment."""

from importlib.util import find_spec

c = get_config()  # noqa: F821 (IPython gives it to this file)

if find_spec("analysis_utils"):  # a kernel starts without the package too
    c.InteractiveShellApp.extensions.append("analysis_utils.cell_order")
