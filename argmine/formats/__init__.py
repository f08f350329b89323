"""Interchange formats: a module each, reading, writing or both; they know graphs and nothing of corpora."""
