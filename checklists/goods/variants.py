"""Characters that names of goods are written with in more than one way: each is folded to the one on the right.

Older and newer forms of one character, and forms that keyboards give for each other in chemists' names. Compiled by
hand from the goods list and from use; none of the folds makes two names of the list one (a test holds that). 胺 and 铵,
熔 and 溶, 酐 and 肝 are different words and stay so.
"""

from __future__ import annotations

from checklists.patterns import pattern

_ALIKE = (
    "噁惡悪恶 鎔镕熔 著着 黏粘 碳炭 矽硅 燐磷 鹼硷礆碱 塩盐 醯酰 甙苷 臘腊蜡 它他 瀝沥 囍喜 罈坛 烴烃 鈉钠 鉀钾 氫氢 "
    "氣气 過过 鋰锂 銅铜 鉛铅 鋅锌 鎳镍 鉻铬 鎂镁 鈣钙 鋇钡 錳锰 銀银 鐵铁 鋁铝 鈦钛 鋯锆 銨铵 錫锡 釩钒 醫医 藥药 "
    "廢废 電电 機机 體体 態态 狀状 濕湿 點点 難难 燒烧 煙烟 煉炼 礦矿 劑剂 銷销 綠绿 鹽盐 雙双 裡里 緩缓 壓压 縮缩 溫温"
)
"""Groups of forms; the last of each is the one that the list uses, or would."""

VARIANTS = {form: group[-1] for group in _ALIKE.split() for form in group[:-1]}
"""Form → the form that it is folded to."""

_ANY = pattern(f"[{''.join(VARIANTS)}]")


def folded(text: str) -> str:
    """Return the text with each character in its one form."""
    return _ANY.sub(lambda found: VARIANTS[found[0]], text)
