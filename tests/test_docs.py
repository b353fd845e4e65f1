"""The documents name what is there: modules, functions, files and commands."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOPS = ("benchmarks", "checklists", "demo", "docs", "findings", "mobile", "server", "tests", "tools")
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md"), *ROOT.glob("findings/*.md")]
)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)|src=\"([^\"]+)\"")


@cache
def named(path):
    """What a module, or a class in it (`Class.name`), has at its top."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        found |= names_of(node)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{name}" for one in node.body for name in names_of(one)}
    return found


def names_of(node):
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {node.name}
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    return {one.id for one in targets if isinstance(one, ast.Name)}


def resolves(dotted):
    """Whether a dotted name is a package, a module, or something at the top of one."""
    parts = dotted.split(".")
    for count in range(len(parts), 0, -1):
        base = ROOT.joinpath(*parts[:count])
        rest = ".".join(parts[count:])
        if base.with_suffix(".py").exists():
            return not rest or rest in named(base.with_suffix(".py"))
        if base.is_dir():
            return not rest
    return False


def exists(path):
    """Whether a file or folder is there; <name> stands for any."""
    return any(ROOT.glob(re.sub("<[^>]*>", "*", path.rstrip("/"))))


def wrong(text):
    """What is set as code and names something of the house that is not there."""
    told = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    for code in re.findall(r"`([^`]+)`", told):
        word = code.split()[0]
        top = re.split(r"[./]", word)[0]
        if code.startswith("python -m "):
            module = code.split()[2]
            good = module.split(".")[0] not in TOPS or resolves(module)
        elif word == "make" and " " in code:
            good = re.search(rf"^{code.split()[1]}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE) is not None
        elif top not in TOPS or len(word) == len(top):
            continue
        elif "/" in word:
            good = exists(word)
        else:
            good = resolves(word)
        if not good:
            yield code


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_document_names_is_there(page):
    assert list(wrong(page.read_text("utf-8"))) == [] or page.name == "CHANGELOG.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_of_a_document_lead_somewhere(page):
    targets = [
        one
        for one in ("".join(pair) for pair in LINK.findall(page.read_text("utf-8")))
        if "://" not in one and not one.startswith("mailto:")
    ]
    assert [one for one in targets if not (page.parent / one).exists()] == []


def test_whatever_the_architecture_sets_as_code_is_checked():
    told = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    free = {"state", "flow", "view"}
    odd = {
        code for code in re.findall(r"`([^`]+)`", told) if re.split(r"[./ ]", code)[0] not in {*TOPS, "python", "make"}
    }
    assert odd <= free


def test_a_name_that_is_not_there_is_found():
    text = (
        "`checklists.goods.nothing`, `mobile/nowhere/`, `mobile.desk.Desk.nope`, `make nothing`, `python -m tools.none`"
    )
    assert len(list(wrong(text))) == 5
    assert list(wrong("`checklists.goods.listing.Tables`, `mobile/screens/<name>/view.py`, `part`")) == []
