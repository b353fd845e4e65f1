"""Who appears in a made-up year: carriers, vehicles, people, all invented, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from server.cases.casefile import Actor

_PLACES = ("示例县", "示例市", "东河县", "西岭市", "北原旗", "南川县", "青山市", "长滩县", "云溪市", "石桥旗")
_SIGNS = ("安达", "永隆", "众安", "顺源", "鲁通", "蒙达", "宏远", "恒泰", "金桥", "新程", "中顺", "华运", "路安")
_TRADES = ("危险品运输", "石化物流", "危货运输", "化工物流", "危险货物运输", "燃气运输", "油品运输", "气体运输")
_FORMS = ("有限公司", "有限责任公司", "股份有限公司")
_WORKS = ("化工", "石化", "燃气", "冶金", "精细化工", "能源", "气体", "农化")
_FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
_GIVEN = "建国志强海峰卫东晓明永红春梅国栋文斌立新长江少华玉兰金宝德胜宝音巴特尔苏日娜其木格"
_PROVINCES = "蒙陕宁鲁冀晋甘豫"
_LETTERS = "ABCDEFGHJKLMNP"

HANDLERS = {"T": 8, "P": 6, "M": 2}
"""How many people of each agency handle cases; the others have nobody here, and their cases wait to be handed over."""

OVER_ALL = (
    Actor("seed-supervisor", "试用督办", "supervisor", "T"),
    Actor("seed-law", "试用法规", "law_admin", "T"),
)
"""Who sees every agency."""


@dataclass(frozen=True)
class Staff:
    """Who works for an agency: handlers, the leaders, a reviewer, and two officers of the road."""

    agency: str
    handlers: tuple[Actor, ...]
    leaders: tuple[Actor, ...]
    reviewer: Actor
    officers: tuple[Actor, ...]

    @property
    def everybody(self) -> tuple[Actor, ...]:
        """All of them."""
        return (*self.handlers, *self.leaders, self.reviewer, *self.officers)


class Cast:
    """Draws names and numbers; carriers and people come again, as they do on a road."""

    def __init__(self, seed: int, carriers: int = 400, people: int = 2500) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - names, no secrets
        self.carriers = [self._carrier() for _ in range(carriers)]
        self.people = [self._person() for _ in range(people)]
        self.works = [f"{self._one(_PLACES)}{self._one(_SIGNS)}{self._one(_WORKS)}有限公司" for _ in range(120)]

    def carrier(self) -> tuple[str, str]:
        """Return name and credit code of a carrier; some are met often."""
        return self.carriers[min(int(self.chance.expovariate(1 / 60)), len(self.carriers) - 1)]

    def person(self) -> tuple[str, str]:
        """Return name and identity number of somebody."""
        return self.people[self.chance.randrange(len(self.people))]

    def plate(self, *, trailer: bool = False) -> str:
        """Return a number plate."""
        head, figures = f"{self._one(_PROVINCES)}{self._one(_LETTERS)}", self.chance.randrange(100_000)
        return f"{head}{figures % 10_000:04d}挂" if trailer else f"{head}{figures:05d}"

    def figures(self, like: str) -> str:
        """Return a number of the same shape: every figure drawn anew."""
        return "".join(str(self.chance.randrange(10)) if one.isdecimal() else one for one in like)

    def factory(self) -> str:
        """Return the name of a consignor, a loader or a consignee."""
        return self._one(self.works)

    def uuid(self, at_ms: int) -> str:
        """Return a UUIDv7 of that millisecond, the same for the same seed."""
        number = (at_ms & (2**48 - 1)) << 80 | self.chance.getrandbits(80)
        number = number & ~(0xF << 76) | 0x7 << 76
        text = f"{number & ~(0x3 << 62) | 0x2 << 62:032x}"
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))

    def _carrier(self) -> tuple[str, str]:
        name = f"{self._one(_PLACES)}{self._one(_SIGNS)}{self._one(_SIGNS)}{self._one(_TRADES)}{self._one(_FORMS)}"
        code = "".join(self.chance.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(10))
        return name, f"91150{self.chance.randrange(1000):03d}{code}"

    def _person(self) -> tuple[str, str]:
        name = self._one(_FAMILIES) + "".join(self._one(_GIVEN) for _ in range(self.chance.choice((1, 2, 2))))
        born = f"19{self.chance.randrange(65, 99)}{self.chance.randrange(1, 13):02d}{self.chance.randrange(1, 29):02d}"
        number = f"150624{born}{self.chance.randrange(1000):03d}"
        return name, number + _check_sign(number)

    def _one(self, held: Sequence[str]) -> str:
        return self.chance.choice(held)


def _check_sign(number: str) -> str:
    """Return the last sign of an identity number (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(one) for weight, one in zip(weights, number, strict=True))
    return "10X98765432"[total % 11]


def staff(agency: str, handlers: int) -> Staff:
    """Return the people of an agency, by logins that say what they are."""
    name = {"T": "运政", "P": "交警", "M": "市监"}[agency]

    def one(role: str, kind: str, number: int) -> Actor:
        return Actor(f"seed-{agency.lower()}-{role}{number}", f"{name}{kind}{number}", role, agency)

    return Staff(
        agency,
        tuple(one("handler", "办案", number) for number in range(1, handlers + 1)),
        tuple(one("leader", "负责", number) for number in (1, 2)),
        one("reviewer", "法制", 1),
        tuple(one("officer", "执法", number) for number in (1, 2)),
    )
