"""How news outlets tell the same event differently."""

__version__ = "0.2.0"
