from __future__ import annotations

from pathlib import Path

import pytest

from server.commands import main
from server.config import ConfigError, load


def write(folder: Path, text: str) -> Path:
    path = folder / "office.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_settings_everything_is_embedded() -> None:
    config = load(None, {})
    assert (config.host, config.port, config.database) == ("127.0.0.1", 8400, "")
    assert config.sqlite == Path("lujian-data/office.sqlite3")
    assert config.photos == Path("lujian-data/photos")


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, 'port = 9000\noffice = "示例县"\n')
    config = load(path, {"LUJIAN_PORT": "9100", "LUJIAN_PHOTOS_DIR": "/srv/photos", "HOME": "/home"})
    assert (config.port, config.office, config.photos) == (9100, "示例县", Path("/srv/photos"))


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, 'port = 70000\ncolour = "red"\ndatabase = "mysql://x"\ntls_key = "k"\nlate_days = "many"\n')
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    for name in ("port", "colour", "database", "tls_certificate", "late_days"):
        assert any(line.startswith(name) for line in str(caught.value).splitlines()), name


@pytest.mark.parametrize(
    "text",
    [
        "late_days = 999999",
        "way_back_days = 36501",
        "export_days = 1000000000",
        "code_hours = 9999999",
        "reserve_bytes = -1",
        "trusted_hops = -1",
    ],
)
def test_a_number_beyond_all_reason_is_refused_before_anything_leads_to_it(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=text.partition(" ")[0]):
        load(write(tmp_path, text), {})


@pytest.mark.parametrize("text", ["port =", "port = true", "port = 1.5", "host = 3"])
def test_a_file_that_cannot_be_used_says_so(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError):
        load(write(tmp_path, text), {})


def test_a_missing_file_ends_the_command_with_a_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUJIAN_CONFIG", "")
    assert main(["--config", str(tmp_path / "none.toml"), "init"]) == 2
    assert "none.toml: cannot be read" in capsys.readouterr().err


S3 = {
    "LUJIAN_PHOTOS_STORE": "s3://evidence/150600/photos",
    "LUJIAN_PHOTOS_ENDPOINT": "https://s3.office.lan",
    "LUJIAN_PHOTOS_KEY": "office",
    "LUJIAN_PHOTOS_SECRET": "a-secret-of-the-store",
}


def test_the_photos_may_lie_in_a_bucket_and_its_secret_is_never_shown() -> None:
    config = load(None, S3)
    assert config.photos_secret == "a-secret-of-the-store"
    assert "a-secret-of-the-store" not in f"{config} {config!r}"


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("STORE", "https://evidence", "photos_store: write"),
        ("STORE", "s3://", "photos_store: write"),
        ("STORE", "s3://evidence/../other", "photos_store: write"),
        ("STORE", "s3://user:word@evidence/a", "photos_store: write"),
        ("ENDPOINT", "s3.office.lan", "photos_endpoint: write"),
        ("ENDPOINT", "https://user:word@s3.office.lan", "photos_endpoint: write"),
        ("ENDPOINT", "http://[::1", "photos_endpoint: write"),
        ("SECRET", "", "photos_store: photos_endpoint, photos_key and photos_secret"),
        ("KEY", "", "photos_store: photos_endpoint, photos_key and photos_secret"),
    ],
)
def test_a_bucket_that_cannot_be_reached_is_told(name: str, value: str, fault: str) -> None:
    with pytest.raises(ConfigError, match=fault) as caught:
        load(None, {**S3, f"LUJIAN_PHOTOS_{name}": value})
    assert "a-secret-of-the-store" not in str(caught.value)


def test_a_file_with_the_secret_must_be_ones_own(tmp_path: Path) -> None:
    path = write(
        tmp_path, "\n".join(f'{name.removeprefix("LUJIAN_").lower()} = "{value}"' for name, value in S3.items())
    )
    path.chmod(0o640)
    with pytest.raises(ConfigError, match="chmod 600"):
        load(path, {})
    path.chmod(0o600)
    assert load(path, {}).photos_key == "office"
