"""The command line for checklist authors, lawyers and testers: `python -m checklists goods 1830`.

Exit code 0: nothing to report; 1: findings or problems; 2: the command was not understood or its file not read.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from checklists import commands
from checklists.wire import WireError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever reads, such as `head`, has enough: that is no mistake, and nothing more may be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OSError, WireError, ValueError) as problem:
        print(f"{problem}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("checklists", description="危货路检: goods, checks and definitions")
    subparsers = parser.add_subparsers(required=True, metavar="command")
    for module in iter_modules(commands.__path__):
        if module.name != "base":
            import_module(f"{commands.__name__}.{module.name}").add(subparsers)
    return parser


if __name__ == "__main__":
    sys.exit(main())
