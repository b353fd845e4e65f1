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
