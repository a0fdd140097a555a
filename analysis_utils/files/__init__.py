"""What lies on disk and how it gets there: whole writes, locks, caches, strangers' tables."""
