"""Benchmarks: what an answer costs, as ratios to the least it could cost.

Run by hand with `python -m bench`; README.md tells how and what was measured.
"""
