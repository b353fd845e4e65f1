"""What is packed for Android: it starts by itself, and imports nothing that the pinned requirements do not bring."""

import configparser
import re
import shutil
import subprocess
import sys

import pytest

from mobile.android.stage import HERE, ROOT, stage
from tests.mobile import tablet

IMPORTED_AS = {
    "kivy": ("kivy", "kivy_deps", "kivy_garden"),
    "pillow": ("PIL",),
    "fpdf2": ("fpdf",),
    "fonttools": ("fontTools",),
    "charset-normalizer": ("charset_normalizer",),
    "pyjnius": ("jnius",),
    "cffi": ("cffi", "_cffi_backend"),
    "requests": ("requests", "urllib3", "idna", "certifi", "charset_normalizer"),
}
"""The modules that a requirement brings, where they are not named like it."""

GUARD = """
import sys
from importlib.abc import MetaPathFinder
allowed = set({allowed!r}) | sys.stdlib_module_names | {{"mobile", "checklists", "demo", "tests"}}
class Guard(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top in allowed or top.startswith("_"):
            return None
        by = sys._getframe(1)
        while by and ("importlib" in by.f_code.co_filename):
            by = by.f_back
        if by and {staged!r} in by.f_code.co_filename:
            print("REFUSED", name, by.f_code.co_filename)
        raise ModuleNotFoundError(name)
"""

RUN = """
from demo.driver import Driver
driver = Driver("mock")
sys.meta_path.insert(0, Guard())
import importlib, pathlib
for path in sorted(pathlib.Path({staged!r}).rglob("*.py")):
    name = ".".join(path.relative_to({staged!r}).with_suffix("").parts)
    if name != "main" and not name.endswith("__main__"):
        module = importlib.import_module(name.removesuffix(".__init__"))
        assert module.__file__.startswith({staged!r}), module.__file__
from mobile.app import LujianApp
driver.start(LujianApp(pathlib.Path({folder!r})))
for digit in {pin!r}:
    driver.tap_text(digit)
driver.tap_id("key:tick")
print("AT", driver.find_id("new_check") is not None)
"""


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    target = tmp_path_factory.mktemp("android")
    stage(target)
    return target


def requirements():
    spec = configparser.ConfigParser()
    spec.read(HERE / "buildozer.spec", encoding="utf-8")
    return [one.strip() for one in spec["app"]["requirements"].split(",")]


def test_every_requirement_from_a_registry_is_pinned():
    unpinned = [one for one in requirements() if "==" not in one]
    assert unpinned == ["android", "sqlite3", "openssl", "libzbar"]


def test_the_staged_tree_starts_and_imports_only_what_is_packed(staged, tmp_path):
    names = [one.partition("==")[0].lower() for one in requirements()]
    allowed = {module for name in names for module in IMPORTED_AS.get(name, (name,))}
    folder = tablet.made(tmp_path)
    code = (GUARD + RUN).format(allowed=sorted(allowed), staged=str(staged), folder=str(folder), pin=tablet.PIN)
    path = f"import sys; sys.path[:0] = [{str(staged)!r}, {str(ROOT)!r}]\n"
    done = subprocess.run([sys.executable, "-c", path + code], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if not line.startswith("REFUSED")][-1] == "AT True"
    # A desktop's QR reader is asked for and may be absent; everything else must be there.
    refused = {line.split()[1].partition(".")[0] for line in done.stdout.splitlines() if line.startswith("REFUSED")}
    assert refused <= {"zxingcpp", "sqlcipher3"}


def test_the_staged_tree_is_syntax_of_every_python_that_may_run_it(staged):
    """Android's own is 3.14; where other Pythons are on the path, they compile the tree as well."""
    for target in ("py311", "py314"):
        asked = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--target-version", target]
        done = subprocess.run([*asked, "--select", "E9,F63,F7", str(staged)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout
    for python in filter(None, map(shutil.which, ("python3.12", "python3.13", "python3.14"))):
        if subprocess.run([python, "--version"], capture_output=True).returncode == 0:
            done = subprocess.run([python, "-m", "compileall", "-q", str(staged)], capture_output=True, text=True)
            assert done.returncode == 0, f"{python}: {done.stdout}"


def test_the_app_asks_for_no_more_than_it_uses():
    spec = configparser.ConfigParser()
    spec.read(HERE / "buildozer.spec", encoding="utf-8")
    asked = set(spec["app"]["android.permissions"].split(","))
    place = {"ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION"}
    printer = {"BLUETOOTH", "BLUETOOTH_CONNECT"}
    # The service's own two: the system does not stop the app, nor sleep, while something goes to the office.
    service = {"FOREGROUND_SERVICE", "WAKE_LOCK"}
    assert asked == {"INTERNET", "ACCESS_NETWORK_STATE", "ACCESS_WIFI_STATE"} | place | printer | service
    assert int(spec["app"]["android.minapi"]) >= 29


def test_nothing_of_the_office_or_the_authors_is_packed(staged):
    text = "\n".join(path.read_text("utf-8") for path in staged.rglob("*.py"))
    assert not re.search(r"^\s*(from|import) (yaml|server|falcon|hypothesis)\b", text, re.MULTILINE)
    assert (staged / "checklists" / "law" / "model.py").exists()
    assert not list((staged / "checklists").rglob("*.yaml"))
    assert not (staged / "checklists" / "authoring").exists()


def test_the_service_that_is_declared_is_the_one_that_is_packed_and_started(staged):
    from mobile.device.on_android import CARRYING

    spec = configparser.ConfigParser()
    spec.read(staged / "buildozer.spec", encoding="utf-8")
    assert spec["app"]["p4a.extra_args"] == f"--native-service={CARRYING}"
    source = staged / spec["app"]["android.add_src"] / f"{CARRYING.replace('.', '/')}.java"
    package, _dot, name = CARRYING.rpartition(".")
    text = source.read_text("utf-8")
    assert f"package {package};" in text and f"class {name} extends Service" in text
    # From 34 on a service of this kind names its type, which python-for-android does not write for it.
    assert int(spec["app"]["android.api"]) < 34
