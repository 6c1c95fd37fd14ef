"""Where a user's schema files are looked for."""

from pathlib import Path

import pytest

from syndicate.schemas import shelf

HOME = Path("/home/ada")


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", HOME / ".local/share/syndicate/schemas"),
        ({"XDG_DATA_HOME": "/data"}, "linux", Path("/data/syndicate/schemas")),
        ({"XDG_DATA_HOME": "data"}, "linux", HOME / ".local/share/syndicate/schemas"),
        ({}, "darwin", HOME / "Library/Application Support/syndicate/schemas"),
        ({"LOCALAPPDATA": "/appdata"}, "win32", Path("/appdata/syndicate/schemas")),
        ({shelf.VARIABLE: "here"}, "linux", Path("here")),
        ({shelf.VARIABLE: "", "XDG_DATA_HOME": "/data"}, "linux", Path("/data/syndicate/schemas")),
    ],
)
def test_the_place_follows_the_platform(environment: dict[str, str], platform: str, expected: Path) -> None:
    assert shelf.place(environment, home=HOME, platform=platform) == expected


def test_there_is_a_folder_once_there_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(shelf.VARIABLE, str(tmp_path / "schemas"))
    assert shelf.folder() is None
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / ".half").touch()
    assert shelf.folder() is None
    (tmp_path / "schemas" / "atom.rng").touch()
    assert shelf.folder() == tmp_path / "schemas"


def test_the_variable_is_a_setting_too() -> None:
    from syndicate.settings import PREFIX, Settings

    assert f"{PREFIX}VALIDATE__SCHEMAS" == shelf.VARIABLE
    assert "schemas" in type(Settings.model_fields["validation"].default).model_fields
