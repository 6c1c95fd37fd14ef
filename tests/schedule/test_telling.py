"""The scheduler tells other people's hubs beside its exports, and waits for none of them."""

import threading
from pathlib import Path
from time import monotonic

import pytest

from tests.deliver.server import Got, Said, elsewhere
from tests.web.hub_house import House, house


def with_hubs(home: House, *hubs: str) -> None:
    config = home.folder / "config" / "syndicate.toml"
    names = ", ".join(f'"{hub}"' for hub in hubs)
    config.write_text(config.read_text(encoding="utf-8") + f"hubs = [{names}]\n", encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> House:
    """A newsroom; what fails is tried again after 0.3 s."""
    return house(tmp_path)


def test_hubs_are_told_of_a_change_and_a_failing_one_again(home: House) -> None:
    answers = iter([Said(503), Said(500)])
    with elsewhere(lambda _: next(answers, Said(204))) as hub:
        with_hubs(home, hub.base)
        with home.scheduling():
            hub.until(lambda: {one.fields["hub.topic"] for one in hub.got[2:]} == topics(home))
            count = len(hub.got)
            home.write("The ferry stops", 2)
            hub.until(lambda: len(hub.got) == count + 3)
            threading.Event().wait(0.5)
            assert len(hub.got) == count + 3
    assert {one["state"] for one in home.json("websub", "list")["pings"]} == {"sent"}


def topics(home: House) -> set[str]:
    """The documents that change when they name a hub."""
    return {home.topic(name) for name in ("rss.xml", "atom.xml")}


def test_a_hub_that_hangs_delays_neither_exports_nor_other_hubs(home: House) -> None:
    leave = threading.Event()

    def hanging(_: Got) -> Said:
        leave.wait(20)
        return Said(204)

    with elsewhere(hanging) as hangs, elsewhere(lambda _: Said(204)) as hub:
        with_hubs(home, hangs.base, hub.base)
        with home.scheduling():
            hangs.until(lambda: hangs.got)
            hub.until(lambda: len(hub.got) == 2)
            before = home.published
            began = monotonic()
            home.write("The ferry stops", 2)
            hub.until(lambda: len(hub.got) == 5)
            assert home.published != before
            assert monotonic() - began < 8
            assert len(hangs.got) == 1
            leave.set()


def test_what_is_due_survives_a_restart(home: House) -> None:
    with elsewhere(lambda _: Said(503)) as hub:
        with_hubs(home, hub.base)
        home.call("export")
        assert len(hub.got) >= 1
        hub.answer = lambda _: Said(204)
        with home.scheduling():
            hub.until(lambda: {one.fields["hub.topic"] for one in hub.got[1:]} == topics(home))
