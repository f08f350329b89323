"""Benchmarks: `python -m benchmarks.<name>`, each with a JSON record a run in `results/`."""
