"""Settings: every fault names file, line and the nearest right key."""

from pathlib import Path

import pytest

from syndicate.errors import ConfigError, ConfigErrors
from syndicate.feeds.definition import seconds_of
from syndicate.settings import FeedDefinition, load_settings, read_model, read_toml

GOOD = """
[publisher]
name = "Harbour Post"
url = "https://harbour.example/"
tag_authority = "harbour.example,2019"

[output]
url = "https://feeds.harbour.example/"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "syndicate.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_are_filled_in(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, GOOD), {})
    assert settings.store.url == "sqlite:///var/syndicate.db"
    assert settings.output.path == "feeds"


def test_the_environment_overrides_a_setting(tmp_path: Path) -> None:
    settings = load_settings(
        write(tmp_path, GOOD), {"SYNDICATE_STORE__URL": "sqlite:///other.db", "SYNDICATE_SCHEDULE__LEASE": "5"}
    )
    assert settings.store.url == "sqlite:///other.db"
    assert settings.schedule.lease == 5.0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("name =", "nme ="),
            [":3: [publisher] nme is not a known key (did you mean 'name'?)", "[publisher] name is missing"],
        ),
        (('"https://harbour.example/"', "7"), [":4: [publisher] url = 7: "]),
        (
            ("harbour.example,2019", "harbour"),
            [":5: [publisher] tag_authority = 'harbour': must be a domain and a date"],
        ),
        (("[output]", "[outputs]"), [":7: outputs is not a known key (did you mean 'output'?)"]),
    ],
)
def test_a_fault_names_its_line_and_cure(tmp_path: Path, change: tuple[str, str], said: list[str]) -> None:
    with pytest.raises(ConfigErrors) as caught:
        load_settings(write(tmp_path, GOOD.replace(*change)), {})
    for part in said:
        assert part in str(caught.value)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="syndicate init"):
        load_settings(tmp_path / "none.toml", {})


def test_broken_toml_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"syndicate\.toml:9: is not TOML"):
        load_settings(write(tmp_path, GOOD + "this is no toml\n"), {})


def test_an_unknown_variable_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="did you mean SYNDICATE_STORE__URL"):
        load_settings(write(tmp_path, GOOD), {"SYNDICATE_STORE_URL": "x"})


def test_feed_definition_faults_come_together(tmp_path: Path) -> None:
    path = tmp_path / "feed.toml"
    path.write_text(
        'id = "a"\ntitel = "A"\nlimit = "many"\nmax_age = "a week"\n[selct]\nsections = ["x"]\n', encoding="utf-8"
    )
    with pytest.raises(ConfigErrors) as caught:
        read_model(FeedDefinition, *read_toml(path), str(path))
    said = str(caught.value)
    assert "feed.toml:2: titel is not a known key (did you mean 'title'?)" in said
    assert "feed.toml:3: limit = 'many'" in said
    assert "feed.toml:4: max_age = 'a week'" in said
    assert "feed.toml:5: selct is not a known key (did you mean 'select'?)" in said


def test_ages() -> None:
    assert [seconds_of(age) for age in ("90m", "36h", "7d", "4w")] == [5400, 129600, 604800, 2419200]
