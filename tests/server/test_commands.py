"""The commands as an operator types them: what he mistypes is told, and nothing happens in silence."""

from __future__ import annotations

import io
import json
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server import serving
from server.commands import main
from server.config import Config
from server.office import open_office
from server.store import devices
from tests.server.cast import AS_OF, REGISTRY, Tablet

Told = tuple[int, str, str]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    for name in [name for name in os.environ if name.startswith("LUJIAN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LUJIAN_DATA_DIR", str(tmp_path / "data"))

    def run(*words: str, given: str = "") -> Told:
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        code = main(words)
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


@pytest.fixture
def enrolled(tmp_path: Path) -> str:
    """The id of a tablet that the office in this folder has enrolled; its label is T0001."""
    office, ask = open_office(Config(data_dir=str(tmp_path / "data"))), Tablet().ask("")
    try:
        code = office.store.write_now(lambda: devices.new_code("T", 24))
        device = office.store.write_now(lambda: devices.enrol(office.key, **{**ask, "code": code}, token="t"))
        return str(device.id)
    finally:
        office.close()


@pytest.mark.parametrize("named", ["T0001", "t0001", ""])
def test_a_lost_tablet_is_revoked_by_its_label_or_id(say: Callable[..., Told], enrolled: str, named: str) -> None:
    code, told, _ = say("revoke", named or enrolled)
    assert code == 0 and "T0001 tablet 1" in told and "the others hear of it" in told
    assert "revoked 20" in say("devices")[1]


def test_revoking_what_is_not_there_is_said(say: Callable[..., Told], enrolled: str) -> None:
    code, _, trouble = say("revoke", "T0009")
    assert code == 1 and "no device 'T0009'" in trouble
    assert "last heard of" in say("devices")[1]


def test_a_server_waits_for_one_that_was_killed_to_let_go_of_the_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as dying:
        config = Config(port=dying.getsockname()[1])
        threading.Timer(0.5, dying.close).start()
        assert not serving.stays_taken(config)


def test_a_second_server_does_not_share_the_port(say: Callable[..., Told], monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("LUJIAN_PORT", port)
        code, _, trouble = say("serve")
    assert code == 1 and f"port {port} of 127.0.0.1 is in use" in trouble


@pytest.mark.parametrize("words", [("enrol-code", "--agency", "Q"), ("user", "add", "wang", "--agency", "traffic")])
def test_an_unknown_agency_is_refused_with_those_known(say: Callable[..., Told], words: tuple[str, ...]) -> None:
    code, told, trouble = say(*words, given="long enough\n")
    assert (code, told) == (1, "") and "T (Transport enforcement), P (Traffic police)" in trouble


def test_a_second_add_changes_what_it_names_and_keeps_name_and_password(say: Callable[..., Told]) -> None:
    assert "added" in say("user", "add", "wang", "--role", "leader", "--name", "王某", given="long enough\n")[1]
    assert "changed; the password is kept" in say("user", "add", "wang", "--role", "handler")[1]
    assert say("user", "list")[1] == "wang  handler  T  王某\n"


def test_a_user_is_changed_closed_and_reopened(say: Callable[..., Told]) -> None:
    say("user", "add", "wang", given="long enough\n")
    assert "changed" in say("user", "change", "wang", "--area", "150600", "--name", "王某")[1]
    assert "closed since" in say("user", "close", "wang", "--why", "left")[1]
    assert say("user", "list")[1] == "wang  handler  T  王某  area 1506  closed\n"
    assert "new password" not in say("user", "password", "wang", given="Tm7-kappe-Regen\n")[1]
    assert "works again" in say("user", "reopen", "wang")[1]
    assert "new password; signed out" in say("user", "password", "wang", given="Tm7-kappe-Regen\n")[1]


@pytest.mark.parametrize(
    ("words", "given", "trouble"),
    [
        (("user", "add", "wang"), "short\n", "at least 10 characters"),
        (("user", "add", "wang"), "1234567890\n", "first that somebody would try"),
        (("user", "add", "wang", "--area", "15x"), "long enough\n", "the code of a division"),
        (("user", "change", "li", "--role", "leader"), "", "no user with this login"),
        (("user", "close", "li", "--why", "left"), "", "no user with this login"),
        (("officer-code", "new", "T-001"), "", "knows no such officer"),
    ],
)
def test_what_cannot_be_done_with_a_user_is_said(
    say: Callable[..., Told], words: tuple[str, ...], given: str, trouble: str
) -> None:
    code, told, said = say(*words, given=given)
    assert (code, told) == (1, "") and trouble in said


def test_the_log_is_read_and_verified_by_command(say: Callable[..., Told]) -> None:
    say("user", "add", "wang", given="long enough\n")
    say("user", "change", "wang", "--role", "leader")
    code, told, _ = say("audit", "verify")
    assert (code, told.partition(" rows")[0]) == (0, "2")
    last = told.partition("the last has ")[2].partition(" ")[0]
    assert say("audit", "verify", "--knows", last)[0] == 0
    assert say("audit", "verify", "--knows", "ab" * 32)[0] == 3
    told = say("audit", "list", "--action", "user.change")[1]
    assert "role: handler -> leader" in told and told.endswith("1 rows\n")
    assert say("audit", "list", "--since", "2099-01-01")[1] == "0 rows\n"


def test_a_code_for_a_first_pin_is_shown_once(say: Callable[..., Told], tmp_path: Path) -> None:
    (tmp_path / "rows.json").write_text(json.dumps(REGISTRY), encoding="utf-8")
    say("load-registry", str(tmp_path / "rows.json"))
    code = say("officer-code", "new", "T-001")[1].partition(" ")[0]
    listed = say("officer-code", "list")[1]
    assert "T-001  T  any tablet" in listed and code not in listed
    assert say("officer-code", "end", "T-001")[1].startswith("1 codes")
    assert say("officer-code", "list")[1] == ""


def test_an_office_without_a_name_is_told_at_once(say: Callable[..., Told], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no office is named" in say("init")[2]
    monkeypatch.setenv("LUJIAN_OFFICE", "示例县交通运输综合行政执法大队")
    assert say("init")[2] == ""


def row(kind: str, key: str, data: Any) -> dict[str, Any]:
    return {"kind": kind, "key": key, "as_of": AS_OF, "data": data}


@pytest.mark.parametrize(
    ("given", "trouble"),
    [
        ("{", "not JSON in UTF-8"),
        ('{"foo": 1}', "a list"),
        ("3", "a list"),
        (json.dumps([REGISTRY[0], REGISTRY[0]]), "row 2: vehicle 蒙K12345 stands in row 1 already"),
        (json.dumps([{**REGISTRY[0], "as_of": "yesterday"}]), "as_of 'yesterday' is not a time"),
        (json.dumps([row("vehicle", "蒙K12345", {"vin": 7, "kerb_mass_kg": "heavy"})]), "no whole number"),
        (json.dumps([row("vehicle", "蒙K12345|red", {})]), "the colour after the bar"),
        (json.dumps([row("site", "检查站", {"raod": "G18"})]), "raod"),
        (json.dumps([row("officer", "t-1", {"name": "王某"})]), "name and agency"),
        (json.dumps([row("orders", "蒙K12345", {})]), "orders 蒙K12345: rows"),
        (json.dumps([row("orders", "蒙K12345", {"rows": [{"number": "1"}]})]), "orders 蒙K12345: rows"),
        (json.dumps([row("feed", "order", {})]), "feed 'order' is none of"),
        (json.dumps([row("vehicle", "   ", {})]), "key must be text"),
        (json.dumps([row("officer", "T-\0001", {"name": "王某", "agency": "T"})]), "U+0000"),
        (json.dumps([row("tasks", "T", {"rows": [{"id": "a\0b"}]})]), "U+0000"),
        (
            json.dumps([row("vehicle", "蒙K·22345", {}), row("vehicle", "蒙k22345", {})]),
            "row 2: vehicle 蒙k22345 stands in row 1 already, written 蒙K·22345",
        ),
        (json.dumps([row("vehicle", "蒙K2234", {})]), "no key that anybody can look up"),
        (json.dumps([row("person", "150624198001010011", {})]), "the check sign does not fit"),
        (json.dumps([row("tank", "——", {})]), "no key that anybody can look up"),
        (json.dumps([row("vehicle", "蒙K12345", {"plate": "蒙K54321"})]), "its data are about plate 蒙K54321"),
    ],
)
def test_a_registry_file_that_cannot_be_used(
    say: Callable[..., Told], tmp_path: Path, given: str, trouble: str
) -> None:
    file = tmp_path / "rows.json"
    file.write_text(given, encoding="utf-8")
    code, told, words = say("load-registry", str(file))
    assert (code, told) == (1, "") and trouble in words


def test_a_registry_file_that_can(say: Callable[..., Told], tmp_path: Path) -> None:
    file = tmp_path / "rows.json"
    file.write_text(json.dumps(REGISTRY), encoding="utf-8")
    assert say("load-registry", str(file))[1].startswith("3 rows")


def test_a_sheet_is_previewed_and_applied_on_request(say: Callable[..., Told], tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("plate,carrier\n蒙K12345,某公司\n", encoding="gb18030")
    code, told, _ = say("registry", "import", str(file), "--kind", "vehicle")
    assert code == 0 and "1 added" in told and "nothing was written yet" in told
    assert "written; the tablets hear of it" in say("registry", "import", str(file), "--kind", "vehicle", "--apply")[1]
    file.write_text("plate,carrier\n蒙K12345,另一公司\n", encoding="utf-8")
    told = say("registry", "import", str(file), "--kind", "vehicle", "--apply")[1]
    assert "row 2: 蒙K12345: carrier: 某公司 -> 另一公司" in told and "1 changed" in told
    assert len(say("registry", "history", "vehicle", "蒙K·12345")[1].splitlines()) == 2
    assert say("audit", "verify")[0] == 0


def test_a_sheet_with_faults_is_refused_as_a_whole(say: Callable[..., Told], tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("plate,permit.valid_until\n蒙K12345,soon\n蒙K1,2027-01-01\n", encoding="utf-8")
    code, told, _ = say("registry", "import", str(file), "--kind", "vehicle", "--apply")
    assert code == 4 and "row 2: operating permit valid until: soon is no day" in told
    assert "row 3: plate number:" in told and "nothing was written" in told
    assert say("registry", "history", "vehicle", "蒙K12345")[1] == ""
    code, _, trouble = say("registry", "import", str(tmp_path / "none"), "--kind", "vehicle")
    assert code == 1 and "No such file" in trouble


def test_a_template_is_written_and_sites_are_placed(say: Callable[..., Told], tmp_path: Path) -> None:
    file = tmp_path / "tanks.xlsx"
    assert say("registry", "template", "tank", str(file))[0] == 0
    assert "There is no" not in say("registry", "import", str(file), "--kind", "tank")[1]
    assert say("registry", "site", "东门", "150624")[1] == "said\n"
    assert "150624" in say("registry", "sites")[1]
    assert say("registry", "site", "东门", "x")[0] == 1


def test_a_list_is_taken_out_as_a_user_sees_it(say: Callable[..., Told], tmp_path: Path) -> None:
    say("user", "add", "sun", "--role", "system_admin", given="long enough\n")
    file = tmp_path / "users.xlsx"
    told = say("export", "list", "users", "--user", "sun", "--to", str(file))[1]
    assert "1 rows" in told and file.stat().st_size > 5000
    assert "export.done" in say("audit", "list", "--action", "export")[1]
    code, _, trouble = say("export", "list", "cases", "--user", "sun", "--to", str(file))
    assert code == 1 and "may not take out cases" in trouble
    assert say("export", "jobs") == (0, "", "")
    assert "0 files of exports" in say("tidy")[1]
