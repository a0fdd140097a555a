"""The questions: a folder each, all built alike."""
