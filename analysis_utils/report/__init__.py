"""Running notebooks, comparing their outputs, and the report of their pages."""
