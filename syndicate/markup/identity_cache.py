"""What was made of the objects seen last, by their identity: hashing an article costs half as much as its entry."""

from typing import Generic, TypeVar

_Seen = TypeVar("_Seen")
_Made = TypeVar("_Made")


class IdentityCache(Generic[_Seen, _Made]):
    """Keeps what was made of the last objects, `size` to twice as many. Any number of threads may use it."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._young: dict[int, tuple[_Seen, _Made]] = {}
        self._old: dict[int, tuple[_Seen, _Made]] = {}

    def get(self, seen: _Seen) -> _Made | None:
        """What was made of that very object, if it is still kept."""
        key = id(seen)
        found = self._young.get(key) or self._old.get(key)
        # The object is kept too, so that no other can have its number; but what is asked for may be another one.
        return found[1] if found is not None and found[0] is seen else None

    def keep(self, seen: _Seen, made: _Made) -> _Made:
        """Keep what was made of the object; it comes back."""
        if len(self._young) >= self._size:
            self._young, self._old = {}, self._young
        self._young[id(seen)] = (seen, made)
        return made
