"""What is counted: per process, added up, and never less after a process was replaced."""

import os

import pytest

from syndicate.web.counts import CODINGS, STATUSES, Counts


def test_rows_are_added_up() -> None:
    counts = Counts(2)
    one, two = counts.row(0), counts.row(1)
    one.answered(200, 100, "gzip")
    two.answered(200, 50, "identity")
    two.answered(304, 0)
    two.answered(299, 0)
    found = counts.sums()
    assert {status: count for status, count in found.statuses.items() if count} == {200: 2, 304: 1, 0: 1}
    assert found.codings == {"identity": 1, "gzip": 1, "br": 0}
    assert found.size == 150


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_a_place_of_its_own(status: int) -> None:
    counts = Counts(1)
    counts.row(0).answered(status, 3, "br")
    found = counts.sums()
    assert found.statuses == {one: int(one == status) for one in STATUSES}
    assert found.codings == {one: int(one == "br") for one in CODINGS}
    assert (found.size, found.connections, found.opened) == (3, 0, 0)


def test_a_process_that_takes_the_place_of_another_has_none_of_its_connections() -> None:
    counts = Counts(1)
    row = counts.row(0)
    row.opened()
    row.opened()
    row.closed()
    assert (counts.sums().connections, counts.sums().opened) == (1, 2)
    counts.row(0).begin()
    assert (counts.sums().connections, counts.sums().opened) == (0, 2)


def test_other_processes_count_in_the_same_place() -> None:
    counts = Counts(2)
    pid = os.fork()
    if pid == 0:
        counts.row(1).answered(404, 12)
        os._exit(0)
    os.waitpid(pid, 0)
    counts.row(0).answered(404, 12)
    assert counts.sums().statuses[404] == 2
