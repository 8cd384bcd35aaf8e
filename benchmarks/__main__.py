"""``python -m benchmarks [name …]``: measure, print one JSON object a line."""

import importlib
import pkgutil
import subprocess
import sys

import benchmarks

TOOLS = {"__main__", "ratio", "posting", "insert_floor"}


def main() -> int:
    names = [module.name for module in pkgutil.iter_modules(benchmarks.__path__)]
    known = [name for name in names if name not in TOOLS]
    wanted = sys.argv[1:]
    if wanted[:1] == ["--here"]:
        for ratio in importlib.import_module(f"benchmarks.{wanted[1]}").measure():
            print(ratio.line(), flush=True)
        return 0
    if set(wanted) - set(known):
        print(f"没有这个基准：{', '.join(set(wanted) - set(known))}；可选：{', '.join(known)}")
        return 2
    failed = 0
    for name in wanted or known:
        command = [sys.executable, "-m", "benchmarks", "--here", name]
        failed |= subprocess.run(command, check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
