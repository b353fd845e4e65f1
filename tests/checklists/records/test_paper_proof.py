"""The proof on a paper: it verifies with nothing but the office's key, and nothing can be changed in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checklists.__main__ import main
from checklists.crypto import SigningKey
from checklists.records.paper_proof import (
    PREFIX,
    PREFIX_ABOUT,
    About,
    UnreadableProofError,
    base45,
    check,
    from_base45,
    prove,
    stated,
)
from checklists.records.record import certificate
from checklists.wire import digest

OFFICE, OTHER, DEVICE = SigningKey(b"o" * 32), SigningKey(b"x" * 32), SigningKey(b"d" * 32)
ID = "019aa5f0-3c51-7d2e-8f3a-0123456789ab"
WORDS = "现场检查记录\n".encode()
AT = "2026-11-21T01:55:00.123Z"
GOLDEN = Path(__file__).parents[2] / "golden"


def made(office: SigningKey = OFFICE, device: SigningKey = DEVICE, **changes: Any) -> str:
    named = certificate(office, device=ID, public=device.public, agency="T", prefix="D01", issued_at=AT)
    held = {"record": "ab" * 32, "text": digest(WORDS), "kind": "record", "number": "D01-R000001", "sealed_at": AT}
    return prove(DEVICE, named, **{**held, **changes})


def test_a_proof_says_what_it_is_of_and_holds_under_the_offices_key() -> None:
    verdict = check(made(), OFFICE.public, words=WORDS)
    assert verdict.state == "genuine"
    said = verdict.stated
    assert said is not None
    assert (said.number, said.kind, said.device, said.agency, said.prefix) == ("D01-R000001", "record", ID, "T", "D01")
    assert (said.record, said.text, said.sealed_at) == ("ab" * 32, digest(WORDS), AT)


def test_a_proof_fits_a_code_that_scans_from_paper() -> None:
    segno = pytest.importorskip("segno")
    text = made(kind="education", number="D0123-E000123")
    assert len(text) <= 500
    assert segno.make(text, error="m").version <= 14


PASS = About("蒙K12345", "1830 1203", "2026-11-22T01:55:00.000Z")
NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


def test_a_pass_says_of_which_vehicle_and_goods_it_is_and_until_when_it_is_shown() -> None:
    text = made(kind="pass", about=PASS)
    assert text.startswith(PREFIX_ABOUT)
    verdict = check(text, OFFICE.public, plate="蒙k·12345", at=NOON)
    assert verdict.state == "genuine" and verdict.stated is not None
    said = verdict.stated
    assert (said.plate, said.goods, said.until) == (PASS.plate, PASS.goods, PASS.until)
    assert check(text, OFFICE.public, plate="蒙K54321", at=NOON).state == "other_vehicle"
    assert check(text, OFFICE.public, at=NOON + timedelta(days=1)).state == "expired"
    assert check(text, OFFICE.public, {ID}, plate="蒙K54321").state == "revoked"


def test_a_number_that_was_voided_is_said_before_what_the_paper_is_about() -> None:
    assert check(made(), OFFICE.public, void={"D01-R000001"}).state == "void"
    assert check(made(about=PASS), OFFICE.public, void={"D01-R000001"}, plate="蒙K54321").state == "void"
    assert check(made(), OFFICE.public, void={"D01-R000002"}).state == "genuine"


def test_what_a_pass_is_about_cannot_be_changed_nor_left_out() -> None:
    text = made(about=PASS)
    raw = from_base45(text[len(PREFIX_ABOUT) :])
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        assert check(PREFIX_ABOUT + base45(changed), OFFICE.public).state != "genuine", place
    bare = raw.replace(b"".join(bytes([len(one.encode())]) + one.encode() for one in vars(PASS).values()), b"")
    assert len(bare) < len(raw)
    assert check(PREFIX + base45(bare), OFFICE.public).state == "forged"
    assert check(PREFIX + text[len(PREFIX_ABOUT) :], OFFICE.public).state != "genuine"


@pytest.mark.parametrize("name", ["paper-proof-2", "paper-proof-3"])
def test_released_proofs_are_read_for_ever(name: str) -> None:
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
    assert check(text, OFFICE.public, words=WORDS).state == "genuine"
    assert text == (made() if name == "paper-proof-2" else made(kind="pass", about=PASS))


def test_a_pass_fits_a_code_that_scans_from_paper() -> None:
    segno = pytest.importorskip("segno")
    longest = About("蒙AD12345", " ".join(f"{one}" for one in range(1830, 1836)), PASS.until)
    assert segno.make(made(kind="pass", number="D0123-C000123", about=longest), error="m").version <= 15


def test_a_proof_of_another_key_is_forged() -> None:
    assert check(made(device=OTHER), OFFICE.public).state == "forged"


def test_a_proof_of_another_office_is_not_called_forged() -> None:
    assert check(made(office=OTHER), OFFICE.public).state == "other_office"


def test_an_office_that_vouches_for_itself_under_our_fingerprint_is_forged() -> None:
    raw = from_base45(made(office=OTHER)[len(PREFIX) :])
    ours = from_base45(made()[len(PREFIX) :])
    assert check(PREFIX + base45(raw[:-72] + ours[-72:-64] + raw[-64:]), OFFICE.public).state == "forged"


def test_a_revoked_device_and_changed_words_are_said() -> None:
    assert check(made(), OFFICE.public, {ID}).state == "revoked"
    assert check(made(), OFFICE.public, words="现场检查记录。\n".encode()).state == "changed"


@pytest.mark.parametrize("text", ["", "LUJIAN1:ab:cd", "LUJIAN2:", "LUJIAN2:::", "LUJIAN2:A", "LUJIAN2:" + "0" * 300])
def test_what_is_no_proof_is_unreadable(text: str) -> None:
    assert check(text, OFFICE.public).state == "unreadable"


def test_no_byte_of_a_proof_can_be_changed() -> None:
    raw = from_base45(made()[len(PREFIX) :])
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        assert check(PREFIX + base45(changed), OFFICE.public).state != "genuine", place


@given(st.binary(max_size=90))
def test_whatever_is_encoded_comes_back(raw: bytes) -> None:
    assert from_base45(base45(raw)) == raw


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        stated(PREFIX + text)
    except UnreadableProofError:
        assert check(PREFIX + text, OFFICE.public).state == "unreadable"


def test_an_id_that_is_no_uuid_and_a_certificate_of_another_shape() -> None:
    named = certificate(OFFICE, device="dev-1", public=DEVICE.public, agency="T", prefix="T1", issued_at=AT)
    held: dict[str, str] = {"record": "ab" * 32, "text": "cd" * 32, "kind": "record", "number": "1", "sealed_at": AT}
    assert check(prove(DEVICE, named, **held), OFFICE.public).state == "genuine"
    with pytest.raises(ValueError, match="area"):
        prove(DEVICE, {**named, "area": "1506"}, **held)


@pytest.mark.parametrize(("office", "code", "said"), [(OFFICE, 0, "真："), (OTHER, 1, "其他单位")])
def test_the_command_tells_and_its_exit_code_says_whether_it_is_genuine(
    capsys: pytest.CaptureFixture[str], office: SigningKey, code: int, said: str
) -> None:
    assert main(["verify-paper", made(), "--office-key", office.public]) == code
    out = capsys.readouterr().out
    assert said in out
    assert "D01-R000001" in out


def test_the_command_reads_a_picture_a_list_and_the_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    segno = pytest.importorskip("segno")
    pytest.importorskip("zxingcpp")
    segno.make(made(), error="m").save(str(tmp_path / "code.png"), scale=3)
    (tmp_path / "revoked").write_text(f"{ID}\n", encoding="utf-8")
    (tmp_path / "words").write_bytes(WORDS)
    ask = ["verify-paper", str(tmp_path / "code.png"), "--office-key", OFFICE.public]
    assert main([*ask, "--words", str(tmp_path / "words")]) == 0
    assert main([*ask, "--revoked", str(tmp_path / "revoked"), "--json"]) == 1
    assert '"state": "revoked"' in capsys.readouterr().out


def test_the_command_reads_the_paper_as_its_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    segno, fpdf = pytest.importorskip("segno"), pytest.importorskip("fpdf")
    segno.make(made(), error="m").save(str(tmp_path / "code.png"), scale=3)
    paper = fpdf.FPDF()
    paper.add_page()
    paper.add_page()
    paper.image(str(tmp_path / "code.png"), w=45)
    paper.output(str(tmp_path / "record.pdf"))
    assert main(["verify-paper", str(tmp_path / "record.pdf"), "--office-key", OFFICE.public]) == 0
    assert "2026-11-21 09:55:00" in capsys.readouterr().out, "the hour of the place, not of Greenwich"


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("gone.pdf", None, "no such file"),
        ("broken.pdf", b"%PDF-1.7 cut", "cannot be read"),
        ("broken.png", b"\x89PNG", "cannot be read"),
        ("paper.doc", b"\xd0\xcf\x11", "neither text nor"),
    ],
)
def test_a_file_that_cannot_be_read_is_no_forgery(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, body: bytes | None, said: str
) -> None:
    if body is not None:
        (tmp_path / name).write_bytes(body)
    assert main(["verify-paper", str(tmp_path / name), "--office-key", OFFICE.public]) == 2
    assert said in capsys.readouterr().err


def test_what_stands_around_a_code_is_no_change(tmp_path: Path) -> None:
    for place, text in enumerate((f"\n\n {made()} \r\n\n", f"\ufeff{made()}\n")):
        (tmp_path / f"{place}.txt").write_text(text, encoding="utf-8")
        for code in (text, str(tmp_path / f"{place}.txt")):
            assert main(["verify-paper", code, "--office-key", f" {OFFICE.public}\n"]) == 0


@pytest.mark.parametrize("option", ["--void", "--revoked"])
def test_a_list_counts_however_it_was_typed_and_one_that_cannot_be_read_passes_nothing(
    tmp_path: Path, option: str
) -> None:
    word = {"--void": "D01-R000001", "--revoked": ID}[option]
    ask = ["verify-paper", made(), "--office-key", OFFICE.public, option, str(tmp_path / "list")]
    for body in (f"\ufeff{word}\r\n", f"\n\n{word.upper()}\n", word.lower()):
        (tmp_path / "list").write_text(body, encoding="utf-8")
        assert main(ask) == 1
    (tmp_path / "list").write_bytes(f"编号 {word}".encode("gbk"))
    assert main(ask) == 2


@pytest.mark.parametrize("key", ["", "密钥", "!!!", "MTIzNA==", OFFICE.public[:-4]])
def test_what_is_no_key_is_refused_and_not_taken_for_another_office(
    capsys: pytest.CaptureFixture[str], key: str
) -> None:
    for ask in (["verify-paper", made()], ["verify-case", "case.zip"]):
        with pytest.raises(SystemExit) as left:
            main([*ask, "--office-key", key])
        assert left.value.code == 2
        assert "no public key" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("about", "plate", "code", "said"),
    [
        (None, "蒙K12345", 1, "未比对"),
        (None, "", 0, "真："),
        (PASS, "蒙K***45", 1, "未比对"),
        (PASS, "蒙K12345黄", 0, "真："),
        (PASS, "蒙K54321", 1, "另一辆车"),
    ],
)
def test_a_paper_that_does_not_tell_of_which_vehicle_it_is_says_so(
    capsys: pytest.CaptureFixture[str], about: About | None, plate: str, code: int, said: str
) -> None:
    text = made(about=about and About(about.plate, about.goods, ""))
    assert main(["verify-paper", text, "--office-key", OFFICE.public, "--plate", plate]) == code
    assert said in capsys.readouterr().out


def test_every_paper_of_a_file_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, forged = made(), made(number="D01-R000002", device=SigningKey(b"e" * 32))
    (tmp_path / "codes.txt").write_text(f"{good}\n{forged}\n{good}\n", encoding="utf-8")
    (tmp_path / "words").write_bytes(WORDS)
    ask = ["verify-paper", str(tmp_path / "codes.txt"), "--office-key", OFFICE.public]
    assert main(ask) == 1
    out = capsys.readouterr().out
    assert out.count("D01-R000001") == out.count("D01-R000002") == 1
    assert main([*ask, "--words", str(tmp_path / "words")]) == 2


def test_every_code_of_a_picture_is_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    segno, fpdf = pytest.importorskip("segno"), pytest.importorskip("fpdf")
    pytest.importorskip("zxingcpp")
    paper = fpdf.FPDF()
    for number in ("D01-R000001", "D01-R000002"):
        segno.make(made(number=number), error="m").save(str(tmp_path / f"{number}.png"), scale=3)
        paper.add_page()
        paper.image(str(tmp_path / f"{number}.png"), w=45)
    paper.output(str(tmp_path / "both.pdf"))
    assert main(["verify-paper", str(tmp_path / "both.pdf"), "--office-key", OFFICE.public]) == 0
    out = capsys.readouterr().out
    assert "D01-R000001" in out and "D01-R000002" in out
