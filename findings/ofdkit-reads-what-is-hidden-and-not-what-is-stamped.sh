#!/usr/bin/env bash
# ofdkit 0.2.0: the text of an OFD page has the words that the page hides, and not those that are laid over it.
#
# Guess: of an electronic licence in OFD (GB/T 33190) the library gives "the text in reading order, including templates and composite
# objects", as it says: what somebody sees who opens it. `Visible="false"` is an attribute of every graphic object there, so what is
# hidden by it is left out; 作废 (void), put across the page as an annotation that is visible, is text of the page like any other.
# Behaviour: `Visible` is not looked at, and the file of annotations is not opened. A form whose other choices are hidden is read with all
# of them; a page with 作废 across it is read as good. `warnings` is empty.
# Whom it hits: a permit that is void passes, and one for diesel is one for petrol too.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check ofdkit==0.2.0 2>/dev/null
cat > "$work/try.py" <<'PY'
import io
import zipfile
from importlib.metadata import version

import ofdkit

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def words(number, place, text, more=""):
    return (
        f'<ofd:TextObject ID="{number}" Boundary="20 {place} 100 6" Font="3" Size="4"{more}>'
        f'<ofd:TextCode X="0" Y="4" DeltaX="g {len(text) - 1} 4">{text}</ofd:TextCode></ofd:TextObject>'
    )


FILES = {
    "OFD.xml": f'<ofd:OFD {NS} Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo>'
    "<ofd:DocID>0123456789abcdef0123456789abcdef</ofd:DocID></ofd:DocInfo>"
    "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
    "Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>99</ofd:MaxUnitID><ofd:PageArea>"
    "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
    '<ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
    "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>",
    "Doc_0/PublicRes.xml": f'<ofd:Res {NS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="SimSun"/></ofd:Fonts></ofd:Res>',
    "Doc_0/Pages/Page_0/Content.xml": f'<ofd:Page {NS}><ofd:Content><ofd:Layer ID="2" Type="Body">'
    + words(21, 20, "道路运输证")
    + words(22, 40, "准许：柴油")
    + words(23, 60, "准许：汽油", ' Visible="false"')
    + "</ofd:Layer></ofd:Content></ofd:Page>",
    "Doc_0/Annots/Annotations.xml": f'<ofd:Annotations {NS}><ofd:Page PageID="1">'
    "<ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>",
    "Doc_0/Annots/Page_0/Annotation.xml": f'<ofd:PageAnnot {NS}><ofd:Annot ID="31" Type="Watermark" Creator="office" '
    'LastModDate="2026-03-01" Visible="true"><ofd:Appearance Boundary="20 80 100 20">'
    + words(32, 0, "作废")
    + "</ofd:Appearance></ofd:Annot></ofd:PageAnnot>",
}
made = io.BytesIO()
with zipfile.ZipFile(made, "w") as packed:
    for name, content in FILES.items():
        packed.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + content)
with ofdkit.open(made) as read:
    print("ofdkit", version("ofdkit"))
    print(*read.text().split(), read.warnings)
PY
seen=$("$work/venv/bin/python" "$work/try.py")
echo "$seen"
[ "$seen" = 'ofdkit 0.2.0
道路运输证 准许：柴油 准许：汽油 []' ] || { echo "changed" >&2; exit 1; }
