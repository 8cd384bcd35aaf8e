"""`python -m media.probe PATH`: what a file is, as one line of JSON; needs no Django."""

import json
import sys

from media.ffmpeg.reading import report_on


def main() -> int:
    """Print the report on the file named by the first argument."""
    sys.stdout.write(json.dumps(report_on(sys.argv[1])) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
