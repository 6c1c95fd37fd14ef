"""What is kept is found again by the very same object, and not for ever."""

from syndicate.markup.identity_cache import IdentityCache


def test_only_the_same_object_finds_what_was_made_of_it() -> None:
    kept: IdentityCache[list[int], str] = IdentityCache(4)
    one, other = [1], [1]
    assert kept.keep(one, "made") == "made"
    assert kept.get(one) == "made"
    assert kept.get(other) is None


def test_the_last_ones_are_kept_and_older_ones_let_go() -> None:
    kept: IdentityCache[list[int], int] = IdentityCache(4)
    several = [[n] for n in range(20)]
    for n, one in enumerate(several):
        kept.keep(one, n)
    assert [kept.get(one) for one in several[-4:]] == [16, 17, 18, 19]
    assert sum(kept.get(one) is not None for one in several) <= 8


def test_what_is_made_anew_takes_the_place_of_the_old() -> None:
    kept: IdentityCache[list[int], str] = IdentityCache(1)
    one, other = [1], [2]
    kept.keep(one, "old")
    kept.keep(other, "other")
    kept.keep(one, "new")
    assert kept.get(one) == "new"
