"""A feed as a partner takes it: no more and no older articles than he reads, as much of each as he wants."""

from dataclasses import replace

from syndicate.model.feed import Feed, Order
from syndicate.model.profile import Profile


def for_partner(feed: Feed, profile: Profile) -> Feed:
    """The feed within the profile's bounds.

    A partner's age is that since an article first came out, so a feed with such a bound is ordered by that.
    """
    age, most = profile.limits.age, profile.limits.items_max
    ages = [one for one in (age, feed.max_age) if one is not None]
    return replace(
        feed,
        content=profile.content,
        limit=feed.limit if most is None else min(feed.limit, most),
        max_age=min(ages, default=None),
        order=feed.order if age is None else Order.PUBLISHED,
    )
