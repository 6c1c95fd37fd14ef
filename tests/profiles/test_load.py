"""Profile files: what is read, what is refused in which words, and what a base is good for."""

from pathlib import Path

import pytest

from syndicate.errors import ConfigError, ConfigErrors, UnknownName
from syndicate.model.profile import Field
from syndicate.profiles.load import load_profile, load_profiles, names, shipped

SMALL = """
name = "lake"
title = "Lake Reader"
purpose = "Something for a test"
format = "rss"
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str, name: str = "lake") -> list[str]:
    """What is said of the file, without the folder."""
    write(folder, name, text)
    with pytest.raises((ConfigError, ConfigErrors)) as caught:
        load_profile(name, folder)
    return [line.replace(f"{folder}/", "") for line in str(caught.value).splitlines()]


def test_a_small_profile_states_nothing_but_the_format(tmp_path: Path) -> None:
    write(tmp_path, "lake", SMALL)
    assert load_profile("lake", tmp_path).bounds() == ("format", "addresses")
    assert "lake" in names(tmp_path)
    assert names() == shipped() == names(tmp_path / "nowhere")


def test_a_profile_of_ours_takes_the_place_of_that_of_the_package(tmp_path: Path) -> None:
    write(tmp_path, "msn", SMALL.replace("lake", "msn"))
    assert load_profile("msn", tmp_path).title == "Lake Reader"
    assert [one.title for one in load_profiles(tmp_path) if one.name == "msn"] == ["Lake Reader"]
    assert load_profile("msn").title == "MSN"


def test_a_file_can_be_named_itself(tmp_path: Path) -> None:
    assert load_profile(str(write(tmp_path, "lake", SMALL))).name == "lake"


def test_a_base_is_joined_key_by_key(tmp_path: Path) -> None:
    above = 'base = "msn"\nwithout = ["limits.title_min", "campaign.utm_medium"]\ntitle = "MSN Nordic"\n'
    write(tmp_path, "msn", above + '[limits]\ntitle_max = 90\n[campaign]\nutm_source = "msn-no"\n')
    found, below = load_profile("msn", tmp_path), load_profile("msn")
    assert (found.title, found.limits.title_max, found.limits.title_min) == ("MSN Nordic", 90, None)
    assert found.campaign == (("utm_source", "msn-no"),)
    assert (found.limits.body_min, found.markup, found.required) == (450, below.markup, below.required)
    assert found.mark != below.mark


def test_a_base_may_have_a_base(tmp_path: Path) -> None:
    write(tmp_path, "one", 'base = "flipboard"\nname = "one"\n[limits]\nimage_side = 640\n')
    write(tmp_path, "two", 'base = "one"\nname = "two"\n[advice]\nitems_min = 50\n')
    found = load_profile("two", tmp_path)
    assert (found.limits.image_side, found.advice.items_min, found.title) == (640, 50, "Flipboard")


def test_the_mark_is_that_of_the_values_not_of_the_file(tmp_path: Path) -> None:
    one = load_profile(str(write(tmp_path, "lake", SMALL)))
    other = load_profile(str(write(tmp_path, "lake", "# A remark\n" + "\n".join(reversed(SMALL.splitlines())))))
    third = load_profile(str(write(tmp_path, "lake", SMALL + "[limits]\ntitle_max = 5\n")))
    assert one.mark == other.mark != third.mark
    assert len(one.mark) == 16


def test_places_may_be_one_or_several(tmp_path: Path) -> None:
    write(tmp_path, "lake", SMALL + '[fields.required]\nguid = "guid"\nbody = ["content:encoded", "description"]\n')
    assert load_profile("lake", tmp_path).required == (
        Field(name="guid", places=("guid",)),
        Field(name="body", places=("content:encoded", "description")),
    )


def test_a_value_may_be_true_or_false(tmp_path: Path) -> None:
    write(tmp_path, "lake", SMALL + "[values]\nexplicit = false\nnoisy = true\nlogo = 'a'\n")
    assert load_profile("lake", tmp_path).values == (("explicit", "false"), ("noisy", "true"), ("logo", "a"))
    assert "[values] logo = 1: input should be a valid string" in refused(tmp_path, SMALL + "[values]\nlogo = 1\n")[0]
    assert "values = 1" in refused(tmp_path, SMALL + "values = 1\n")[0]


def test_nobody_has_that_name() -> None:
    with pytest.raises(UnknownName, match=r"no profile 'msm'; did you mean msn\?"):
        load_profile("msm")
    with pytest.raises(UnknownName):
        load_profile("../shipped/rss-board")


def test_every_fault_of_every_file_is_told(tmp_path: Path) -> None:
    write(tmp_path, "lake", SMALL.replace('"rss"', '"rzz"'))
    write(tmp_path, "pond", "name = 1\n")
    write(tmp_path, "sea", "name = ")
    with pytest.raises(ConfigErrors) as caught:
        load_profiles(tmp_path)
    told = str(caught.value)
    assert all(name in told for name in ("lake.toml:5", "pond.toml:1", "sea.toml: is not TOML"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SMALL + "[limits]\ntitel_max = 5\n",
         "lake.toml:7: [limits] titel_max is not a known key (did you mean 'title_max'?)"),
        (SMALL + "[limits]\ntitle_max = 'many'\n",
         "lake.toml:7: [limits] title_max = 'many': input should be a valid integer"),
        (SMALL + "[limits]\nage = '2 years'\n",
         "lake.toml:7: [limits] age = '2 years': '2 years': must be a number and a unit: '90m', '36h', '7d' or '4w'"),
        (SMALL + "[limits]\nimage_types = ['jpeg']\n",
         "lake.toml:7: [limits] image_types = ['jpeg']: 'jpeg': takes media types such as 'image/jpeg'"),
        (SMALL + "[markup]\nelements = ['b']\n",
         "lake.toml:7: [markup] elements = ['b']: must have 'p': every text has paragraphs"),
        (SMALL + "[fields.required]\nguid = 'a b'\n",
         "lake.toml:6: [fields] required = {'guid': 'a b'}: 'a b': takes paths such as 'media:group/"),
        (SMALL + "[campaign]\nutm_source = 'a b'\n",
         "lake.toml:6: campaign = {'utm_source': 'a b'}: 'a b': takes letters, digits, '_', '-', '.' and '~'"),
        (SMALL + "[namespaces]\n'a b' = 'http://example.com/'\n",
         "lake.toml:6: namespaces = {'a b': 'http://example.com/'}: 'a b': takes prefixes such as 'media'"),
        (SMALL + "[channel.write]\n'a b' = 'x'\n",
         "lake.toml:6: [channel] write = {'a b': 'x'}: 'a b': takes paths such as 'snf:logo/url'"),
        (SMALL + "[channel.write]\nttl = '{minutes}'\n",
         "lake.toml:7: ttl = '{minutes}': {minutes} stands for nothing (known: updated, title, link, description, "),
        (SMALL + "[channel.write]\n'zz:a/zz:b' = 'x'\n",
         "lake.toml:6: zz:a/zz:b: nothing says what zz: stands for (write zz = '...' into [namespaces])"),
        (SMALL.replace('"rss"', '"rsss"'),
         "lake.toml:5: format = 'rsss' is no format that can be written (did you mean 'rss'?)"),
        (SMALL.replace('"rss"', '"preview"'),
         "lake.toml:5: format = 'preview': documents of it cannot be held against a profile (take another one, such"),
        (SMALL.replace('"rss"', '"newsml-g2"') + "content = 'summary'\n",
         "lake.toml:6: content = 'summary': newsml-g2 items are always whole (write 'full')"),
        (SMALL.replace('"rss"', '"jsonfeed"') + "[channel.write]\nttl = '5'\n",
         "lake.toml:6: channel.write: nothing can be put into a document of jsonfeed"),
        (SMALL + "[campaign]\nutm_source = 'lake'\n[limits]\ncanonical = true\n",
         "lake.toml:6: campaign: limits.canonical wants links without parameters (leave one of them out)"),
        (SMALL.replace("lake", "pond"), "lake.toml:2: name = 'pond' is not the name of the file (write 'lake')"),
        (SMALL + "base = 'msm'\n", "lake.toml:6: base = 'msm' is no profile (did you mean 'msn'?)"),
        (SMALL + "base = 'zzzz'\n", "lake.toml:6: base = 'zzzz' is no profile (known: "),
        (SMALL + "base = 'lake'\n", "lake.toml:6: base = 'lake' leads back to this file"),
        (SMALL + "without = ['limits']\n", "lake.toml:6: without needs a base (name it: base = 'msn')"),
        (SMALL + "base = 'rss-board'\nwithout = ['limits.title_max.x']\n",
         "lake.toml:7: without = ['limits.title_max.x'] names what rss-board does not have"),
        (SMALL + "[sources.a]\ntitle = 'A'\nurl = 'https://example.com/'\nchecked = '2026'\n",
         "lake.toml:9: [sources] [a] checked = '2026': '2026': must be a month such as '2026-03'"),
        (SMALL + "[sources.a]\ntitle = 'A'\nurl = 'https://example.com/'\nchecked = '2026-01'\ncovers = ['formal']\n",
         "lake.toml:10: covers: the profile has no 'formal' (did you mean 'format'?)"),
    ],
)  # fmt: skip
def test_a_fault_names_the_place_and_the_cure(tmp_path: Path, text: str, said: str) -> None:
    assert any(line.startswith(said) for line in refused(tmp_path, text)), refused(tmp_path, text)


def test_bases_that_lead_in_a_circle_are_refused(tmp_path: Path) -> None:
    write(tmp_path, "pond", SMALL.replace("lake", "pond") + "base = 'lake'\n")
    assert refused(tmp_path, SMALL + "base = 'pond'\n")[0].endswith("leads back to this file")
