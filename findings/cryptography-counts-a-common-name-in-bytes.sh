#!/usr/bin/env bash
# cryptography 50.0.2: a common name of 22 Chinese characters is too long for it, where the standard gives 64.
#
# Guess: "length must be >= 1 and <= 64" is RFC 5280's `ub-common-name`, UTF8String (SIZE (1..64)): 64 characters. Its appendix A says of
# such bounds that they are measured in characters, and that UTF8String may need four times as many octets.
# Behaviour: what is counted are the bytes of UTF-8. 21 Chinese characters pass, the 22nd is a ValueError, while 64 Latin letters pass. In
# `organizationName`, which has the same bound, nothing is counted at all.
# Whom it hits: an office by its full name (city, bureau, integrated law enforcement, brigade) gets no
# certificate. So: the name as `organizationName`, something short as common name.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check cryptography==50.0.2 2>/dev/null
cat > "$work/try.py" <<'PY'
from importlib.metadata import version

from cryptography import x509
from cryptography.x509.oid import NameOID


def taken(oid, text):
    try:
        x509.NameAttribute(oid, text)
    except ValueError as refused:
        return str(refused)
    return "taken"


print("cryptography", version("cryptography"))
for text in ("a" * 64, "a" * 65, "某" * 21, "某" * 22, "某" * 64):
    print(f"{len(text)} {text[0]}:", taken(NameOID.COMMON_NAME, text))
print("64 某, organization:", taken(NameOID.ORGANIZATION_NAME, "某" * 64))
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = "cryptography 50.0.2
64 a: taken
65 a: Attribute's length must be >= 1 and <= 64, but it was 65
21 某: taken
22 某: Attribute's length must be >= 1 and <= 64, but it was 66
64 某: Attribute's length must be >= 1 and <= 64, but it was 192
64 某, organization: taken" ] || { echo "changed" >&2; exit 1; }
