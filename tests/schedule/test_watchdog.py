"""The watchdog counts silence, not time in which the whole process stood still."""

from syndicate.schedule.watchdog import Watchdog


def test_silence_is_counted_and_a_beat_ends_it() -> None:
    dog = Watchdog(silence=30.0)
    assert not any(dog.is_dead(float(second)) for second in range(30))
    dog.beat()
    assert not any(dog.is_dead(float(second)) for second in range(30, 60))
    assert dog.is_dead(60.0)


def test_a_frozen_process_is_not_a_silent_loop() -> None:
    dog = Watchdog(silence=30.0)
    dog.look(0.0)
    dog.look(1.0)
    assert dog.look(1000.0) == 3.0
