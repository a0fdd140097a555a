"""How results look and where they are saved: figures, tables, what a cell shows."""
