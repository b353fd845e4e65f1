#!/usr/bin/env bash
# Falcon 4.4.0: a server-sent event whose text has a line break arrives without what stands behind the break.
#
# Guess: `SSEvent(text="first\nsecond")` is written as two `data:` lines, which the format joins again by a line break
# (WHATWG HTML, "Interpreting an event stream"); its writer knows the format, so a caller need not.
# Behaviour: the text is written behind one `data: ` as it is. The second line then begins with none of the format's
# field names, and a reader that follows the standard leaves it out; nothing is raised. JSON given by `json=` is on one
# line and arrives whole.
# So: give text through `json=`, or one event for each line.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check falcon==4.4.0 2>/dev/null
cat > "$work/try.py" <<'PY'
import json

import falcon
from falcon.asgi import SSEvent


def read(stream: str) -> str:
    """What a reader of the standard hands on: the `data` fields of the event, joined by line breaks."""
    fields = (line.partition(":") for line in stream.split("\n") if line)
    return "\n".join(value.removeprefix(" ") for name, _colon, value in fields if name == "data")


told = "first\nsecond"
print("falcon", falcon.__version__)
print("text:", json.dumps(read(SSEvent(text=told).serialize().decode())))
print("json:", read(SSEvent(json=told).serialize().decode()))
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = 'falcon 4.4.0
text: "first"
json: "first\nsecond"' ] || { echo "changed" >&2; exit 1; }
