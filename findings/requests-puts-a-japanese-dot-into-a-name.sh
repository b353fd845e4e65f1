#!/usr/bin/env bash
# requests 2.34.2: 阿卜杜拉·买买提 on a page that says charset=gb2312 comes with another dot than the name has.
#
# Guess: GB 18030 holds all of GB 2312 at the same places, so a text in GB 2312 reads the same by either name; at the worst the narrower
# name fails, or gives boxes, for a rare character.
# Behaviour: two signs of the 7,445 differ. Python's table for "gb2312" takes A1A4 for the Katakana middle dot (U+30FB) and A1AA for the
# horizontal bar (U+2015), its tables for gbk and gb18030 for the middle dot (U+00B7) and the dash (U+2014), as keyboards in China and
# browsers do: the Encoding Standard reads "gb2312" as GBK. `Response.text` takes the server's word for the name of Python's codec; so do
# lxml 6.1.3 and BeautifulSoup 4.15.0, while html5lib 1.1 does as browsers do. Nothing fails, and on a screen both dots look alike.
# Whom it hits: drivers with Uyghur and Kazakh names: the register's and the card's are not the same string, and who has a
# valid certificate has none.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check requests==2.34.2 lxml==6.1.3 beautifulsoup4==4.15.0 html5lib==1.1 2>/dev/null
cat > "$work/try.py" <<'PY'
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import version

import bs4
import html5lib
import lxml.html
import requests

NAME = "阿卜杜拉·买买提"
PAGE = f"<html><head><meta charset=gb2312><title>{NAME}</title></head></html>".encode("gb18030")


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=gb2312")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *told):
        pass


server = HTTPServer(("127.0.0.1", 0), Page)
threading.Thread(target=server.serve_forever, daemon=True).start()
page = requests.get(f"http://127.0.0.1:{server.server_port}/", timeout=10)
server.shutdown()
print("requests", version("requests"), page.encoding)
read = {
    "requests": bs4.BeautifulSoup(page.text, "html.parser").title.text,
    "lxml": lxml.html.fromstring(page.content).findtext(".//title"),
    "bs4": bs4.BeautifulSoup(page.content, "html.parser").title.text,
    "html5lib": html5lib.parse(page.content, transport_encoding="gb2312", namespaceHTMLElements=False).findtext(".//title"),
}
for who, name in read.items():
    print(who, name == NAME, f"U+{ord(name[4]):04X}")

both = []
for place in ((row, cell) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)):
    try:
        both.append((bytes(place).decode("gb2312"), bytes(place).decode("gb18030")))
    except UnicodeDecodeError:
        continue
print(len(both), "signs,", sum(one != other for one, other in both), "differ:", *(f"{other}" for one, other in both if one != other))
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = 'requests 2.34.2 gb2312
requests False U+30FB
lxml False U+30FB
bs4 False U+30FB
html5lib True U+00B7
7445 signs, 2 differ: · —' ] || { echo "changed" >&2; exit 1; }
