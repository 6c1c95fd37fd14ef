"""Who may be sent something at the moment: no receiver that hangs or fails takes the room of those who do not.

Kept in memory, by receiver: a host, whatever its ports, since who has a host has them all. Seconds are monotonic and
come in.
"""

from dataclasses import dataclass

# Failures in a row after which a receiver is only tried now and then.
OPEN_AFTER = 5
# Requests that one receiver gets at a time.
SIDE_BY_SIDE = 4
# Receivers that are remembered.
_MOST = 20_000


@dataclass(slots=True)
class _Lane:
    is_proven: bool = False
    flying: int = 0
    failures: int = 0
    closed_until: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """Room for one request to that receiver; `is_doubtful`: it had failed at last, or never taken anything yet."""

    receiver: str
    is_doubtful: bool


class Lanes:
    """The lanes of all receivers, for at most `size` requests at a time.

    Half of them are for receivers that have taken something before and have not failed since, four at a time; the
    others get one at a time.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._lanes: dict[str, _Lane] = {}
        self._flying = 0
        self._doubtful = 0

    def take(self, receiver: str, at: float) -> Place | None:
        """Room for one more request there, if there is any now; to be given back."""
        lane = self._lanes.get(receiver) or _Lane()
        if not self._has_room(lane, at):
            return None
        if receiver not in self._lanes and len(self._lanes) >= _MOST:
            self._forget()
        self._lanes[receiver] = lane
        place = Place(receiver, bool(lane.failures) or not lane.is_proven)
        lane.flying += 1
        self._flying += 1
        self._doubtful += place.is_doubtful
        return place

    def drop(self, place: Place) -> None:
        """The request was not made after all."""
        self._lanes[place.receiver].flying -= 1
        self._flying -= 1
        self._doubtful -= place.is_doubtful

    def give(self, place: Place, at: float, pause: float | None) -> None:
        """The request has ended: well, or so that the receiver is to be left alone for a pause."""
        self.drop(place)
        lane = self._lanes[place.receiver]
        if pause is None:
            lane.is_proven, lane.failures = True, 0
            return
        lane.failures += 1
        if lane.failures >= OPEN_AFTER:
            lane.closed_until = at + pause

    def _has_room(self, lane: _Lane, at: float) -> bool:
        if self._flying >= self._size:
            return False
        if lane.is_proven and not lane.failures:
            return lane.flying < SIDE_BY_SIDE
        return not lane.flying and self._doubtful < self._size // 2 and at >= lane.closed_until

    def _forget(self) -> None:
        self._lanes = {name: lane for name, lane in self._lanes.items() if lane.flying or lane.failures >= OPEN_AFTER}
        if len(self._lanes) >= _MOST:
            self._lanes = {name: lane for name, lane in self._lanes.items() if lane.flying}
