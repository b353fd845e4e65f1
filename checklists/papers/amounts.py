"""Amounts of money as official papers write them: in figures, and in capitals that nobody alters (人民币大写)."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_MOST_YUAN = 10**16 - 1


def capital(amount: int) -> str:
    """Return whole yuan in capitals: 壹仟贰佰元整. Raises ValueError for a negative or an unwritable amount."""
    return capital_fen(100 * amount)


def capital_fen(fen: int) -> str:
    """Return fen in capitals: 壹拾元零伍分, 壹元伍角整. Raises ValueError for a negative or an unwritable amount."""
    yuan, rest = divmod(fen, 100)
    if not 0 <= yuan <= _MOST_YUAN:
        raise ValueError(f"{fen} fen cannot be written")
    jiao, fen_left = divmod(rest, 10)
    said = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"{said}整"
    tens = f"{_DIGITS[jiao]}角" if jiao else _DIGITS[0] if said else ""
    return f"{said}{tens}{_DIGITS[fen_left]}分" if fen_left else f"{said}{tens}整"


def figures(fen: int) -> str:
    """Return fen as yuan in figures: 12,000 or 360.50."""
    yuan, rest = divmod(fen, 100)
    return f"{yuan:,}.{rest:02d}" if rest else f"{yuan:,}"


def money(fen: int) -> str:
    """Return an amount as it stands in an official document: 人民币壹万贰仟元整（￥12,000元）."""
    return f"人民币{capital_fen(fen)}（￥{figures(fen)}元）"


def _whole(number: int) -> str:
    """Return a whole number in capitals; between groups a zero stands where the lower one has no thousands."""
    if not number:
        return _DIGITS[0]
    said, gap = "", False
    for place in range(len(_GROUPS) - 1, -1, -1):
        part = number // 10_000**place % 10_000
        if part:
            said += (_DIGITS[0] if said and (gap or part < 1000) else "") + _four(part) + _GROUPS[place]
        gap = bool(said) and not part
    return said


def _four(number: int) -> str:
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += (_DIGITS[0] if gap and said else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return said
