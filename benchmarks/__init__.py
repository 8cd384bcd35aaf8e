"""Ratios against floors and peers, measured in the same run on the same work.

Each module ``benchmarks/<name>.py`` has ``measure() -> Iterator[Ratio]``; ``python -m benchmarks
[name …]`` prints one JSON object a line. An absolute time is never a result.
"""
