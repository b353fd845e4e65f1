"""Every word of the office has its Chinese, and the pages say nothing that the catalogue does not know."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import Environment

from server.console.desk import Templates

SERVER = Path(__file__).resolve().parents[3] / "server"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {"**/templates/**.html": {"extensions": "jinja2.ext.i18n", "newstyle_gettext": "true"}}


@cache
def said() -> set[str]:
    found = extract_from_dir(SERVER, METHODS, OPTIONS)
    return {one if isinstance(one, str) else one[0] for _file, _line, one, *_rest in found}


@cache
def translated() -> dict[str, str]:
    with (SERVER / "locale/zh_CN/LC_MESSAGES/server.po").open("rb") as file:
        catalogue = read_po(file)
    return {
        one.id if isinstance(one.id, str) else one.id[0]: one.string if isinstance(one.string, str) else one.string[0]
        for one in catalogue
        if one.id and not one.fuzzy
    }


def test_every_word_has_its_chinese() -> None:
    assert sorted(word for word in said() if not translated().get(word)) == []


def test_no_chinese_stands_for_a_word_that_is_gone() -> None:
    assert sorted(set(translated()) - said()) == []


def test_a_translation_keeps_what_is_filled_in() -> None:
    filled = re.compile(r"%\(\w+\)[sd]")
    wrong = [word for word, chinese in translated().items() if filled.findall(word) != filled.findall(chinese)]
    assert wrong == []


def test_templates_hold_no_words_of_their_own() -> None:
    """What stands between tags is a number, a sign or an expression, never a word in one language."""
    allowed = {"SHA-256", "t", "KB", "PDF", "Word", "Excel", "j", "k", "n", "Enter", "UN"}  # keys and kinds of files
    bare = []
    for path in (SERVER / "console/templates").rglob("*.html"):
        source = re.sub(r"{% block kind %}.*?{% endblock %}", "", path.read_text(encoding="utf-8"))
        source = re.sub(r"<style>.*?</style>", "", source, flags=re.S)
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "\n", source, flags=re.S)
        words = re.findall(r"[A-Za-z\u4e00-\u9fff][\w-]*", re.sub(r"<[^>]*>", "\n", text, flags=re.S))
        bare += [f"{path.name}: {word}" for word in words if word not in allowed]
    assert bare == []


def test_words_that_a_template_holds_are_what_asking_for_them_gives() -> None:
    asked: list[str] = []

    def say(word: str) -> str:
        asked.append(word)
        return {"waiting": "等待 <b>", "half": "50%%", "%(n)s left": "还剩 %(n)s"}.get(word, word)

    source = """
        {% macro state(code) %}{% set words = {"received": _("waiting")} %}{{ words.get(code, code) }}{% endmacro %}
        {% for code in ["received", "<i>"] * 3 %}{{ state(code) }}|{{ _("half") }}|{{ _("%(n)s left", n="<" ~ code) }}
        <p title="{{ _('waiting') }}">{{ _(code) }}</p>{% endfor %}"""
    drawn = []
    for make in (Environment, Templates):
        made = make(autoescape=True, extensions=["jinja2.ext.i18n"])
        made.say = say
        made.install_gettext_callables(say, lambda one, many, n: one if n == 1 else many, newstyle=True)
        asked.clear()
        template = made.from_string(source)
        drawn.append((template.render(), asked.count("waiting")))
    assert drawn[1][0] == drawn[0][0]
    assert (drawn[0][1], drawn[1][1]) == (12, 2)
