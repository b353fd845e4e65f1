"""Lets Babel find the words in .kv files; `babel.cfg` names it.

The catalogue of the tablet is brought up to date by

    pybabel extract -F babel.cfg -k n_:1,2 --omit-header -o build/mobile.pot mobile
    pybabel update -N -D mobile -i build/mobile.pot -d mobile/locale
"""

import ast
import re
from collections.abc import Iterator
from typing import IO, Any

_STRING = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CALL = re.compile(rf"(?<![\w.])(n?_)\(\s*({_STRING})(?:\s*,\s*({_STRING}))?")


def extract(
    fileobj: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """Return line number, function, message (or messages) and no comments for each `_("…")` and `n_("…", "…", n)`."""
    for number, line in enumerate(fileobj.read().decode("utf-8").splitlines(), start=1):
        for function, *strings in _CALL.findall(line):
            messages = [ast.literal_eval(one) for one in strings if one]
            yield number, function, tuple(messages) if function == "n_" else messages[0], []
