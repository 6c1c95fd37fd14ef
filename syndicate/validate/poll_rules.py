"""What a subscriber may expect of a feed's address: the rules, each with what to do when it is broken."""

from syndicate.markup.rules import ERROR, INFO, WARNING, RuleSet
from syndicate.model.finding import Rule, Severity

rules = RuleSet("any")
_CURES: dict[str, str] = {}


def cure_of(rule: Rule) -> str:
    """What to do when the rule is broken."""
    return _CURES[rule.id]


def _state(rule_id: str, severity: Severity, spec: str, summary: str, why: str, cure: str) -> Rule:
    _CURES[rule_id] = cure
    return rules.state(rule_id, severity=severity, spec=spec, summary=summary, why=why)


# The way to the feed
FETCH_FAILED = _state(
    "http.fetch.failed", ERROR, "RFC 9110", "the server answers in HTTP, within time and size",
    "Readers give up, most of them without a word.", "mend the server, then ask again")  # fmt: skip
STATUS = _state(
    "http.status.error", ERROR, "RFC 9110 §15", "a feed is answered with 200",
    "Many readers stop asking after some 4xx.",
    "answer 200; 503 with Retry-After while it cannot be served, 410 once it is gone for good")  # fmt: skip
RETRY_MISSING = _state(
    "http.retry-after.missing", WARNING, "RFC 9110 §10.2.3; RFC 6585 §4", "429 and 503 say when to come back",
    "Readers guess: some come at once, some stay away for a day.", "add Retry-After in whole seconds")  # fmt: skip
RETRY_DATE = _state(
    "http.retry-after.not-seconds", WARNING, "RFC 9110 §10.2.3", "Retry-After is a whole number of seconds",
    "Some readers know only that form and fall back to a guess.",
    "write the seconds as a whole number: Retry-After: 600")  # fmt: skip
REFUSED = _state(
    "http.poll.refused", ERROR, "RFC 6585 §4", "who asks twice is answered twice",
    "Readers that share an address, and those that follow a push, are locked out.",
    "limit by requests in minutes, not in seconds, and let conditional requests pass")  # fmt: skip
PLAIN_HTTP = _state(
    "http.address.insecure", WARNING, "RFC 9110 §17.1", "a feed is served over https",
    "Anybody on the way can read and change it, and web readers on https pages cannot load it.",
    "serve it over https and redirect the old address permanently")  # fmt: skip
PERMANENT = _state(
    "http.redirect.permanent", WARNING, "RFC 9110 §15.4.2, §15.4.9", "the address that is given out is the feed's own",
    "Each poll costs two requests; readers that do not store the new address stop when the redirect goes.",
    "give out the new address in pages, links and self links, and keep the redirect for years")  # fmt: skip
TEMPORARY = _state(
    "http.redirect.temporary", INFO, "RFC 9110 §15.4", "a feed is answered at its address, without a detour",
    "Each poll costs two requests.", "answer at the address itself, or redirect permanently with 301")  # fmt: skip
DOWNGRADE = _state(
    "http.redirect.insecure", ERROR, "RFC 9110 §17.1", "https does not redirect to http",
    "Careful readers refuse that way.", "redirect to an https address")  # fmt: skip
COOKIE = _state(
    "http.cookie.set", WARNING, "RFC 6265 §7", "a feed sets no cookies",
    "Shared caches do not store such an answer, and it tracks who reads.", "switch sessions off for feeds")  # fmt: skip

# Validators and conditional requests
VALIDATORS = _state(
    "http.validators.missing", WARNING, "RFC 9110 §8.8", "a feed has an ETag or a Last-Modified date",
    "Every reader downloads everything each time.", "send a strong ETag made from the bytes")  # fmt: skip
ETAG_MISSING = _state(
    "http.etag.missing", INFO, "RFC 9110 §8.8.3", "a feed has an ETag",
    "Last-Modified alone knows only seconds: a second change within one is missed.",
    "send a strong ETag made from the bytes")  # fmt: skip
ETAG_INVALID = _state(
    "http.etag.invalid", WARNING, "RFC 9110 §8.8.3", "an ETag stands in double quotes",
    "Caches and readers drop it, or send back something else.", 'write it as ETag: "..." or W/"..."')  # fmt: skip
ETAG_UNSTABLE = _state(
    "http.etag.unstable", WARNING, "RFC 9110 §8.8.1", "the same bytes have the same ETag",
    "Readers download again what they have; mostly several servers make the tag from inode or time.",
    "make the ETag from the bytes, alike on every server")  # fmt: skip
ETAG_REUSED = _state(
    "http.etag.reused", ERROR, "RFC 9110 §8.8.1", "other bytes have another strong ETag",
    "Readers and caches keep the old feed and never see the new one.", "make the ETag from the bytes")  # fmt: skip
ETAG_SHARED = _state(
    "http.etag.shared", WARNING, "RFC 9110 §8.8.3.3", "packed and plain bytes have different strong ETags",
    "Caches confirm one with the tag of the other.", "make the ETag from the bytes that are sent, or weak")  # fmt: skip
MODIFIED_INVALID = _state(
    "http.last-modified.invalid", WARNING, "RFC 9110 §5.6.7, §8.8.2", "Last-Modified is an HTTP date",
    "Who cannot read it does not send it back.",
    "write it as Last-Modified: Wed, 04 Mar 2026 12:00:00 GMT")  # fmt: skip
MODIFIED_FUTURE = _state(
    "http.last-modified.future", WARNING, "RFC 9110 §8.8.2.1", "Last-Modified does not lie in the future",
    "Changes before that moment are never seen.", "send the time of the last change; set the clock")  # fmt: skip
IGNORED = _state(
    "http.conditional.ignored", WARNING, "RFC 9110 §13.1, §15.4.5", "who has the present bytes is answered with 304",
    "Every reader downloads everything each time, although it asks not to.",
    "compare If-None-Match with the ETag (weakly), else If-Modified-Since by value, and answer 304")  # fmt: skip
STALE = _state(
    "http.conditional.stale", ERROR, "RFC 9110 §13.1, §15.4.5", "who has old bytes is not answered with 304",
    "Readers keep the old feed and never see the new one.",
    "make the ETag from the bytes, and let no cache in front answer for older ones")  # fmt: skip
BODY = _state(
    "http.conditional.body", ERROR, "RFC 9110 §6.4.1, §15.4.5", "304 and answers to HEAD have no body",
    "The next answer on the same connection is read in the wrong place.", "send the head alone")  # fmt: skip
TAG_LOST = _state(
    "http.conditional.no-etag", WARNING, "RFC 9110 §15.4.5", "a 304 repeats the ETag of the 200",
    "Caches cannot tell which of their copies is meant.", "send ETag, Cache-Control and Vary with 304 too")  # fmt: skip
HEAD = _state(
    "http.head.differs", WARNING, "RFC 9110 §9.3.2", "HEAD says what GET would say",
    "Readers and monitors that look first decide by the wrong facts.",
    "answer HEAD by the code of GET, without the body")  # fmt: skip

# Compression and size
VARY = _state(
    "http.vary.missing", WARNING, "RFC 9110 §12.5.5", "what is packed on demand says Vary: Accept-Encoding",
    "Caches give packed bytes to those who cannot unpack them.", "add Vary: Accept-Encoding to every form")  # fmt: skip
UNPACKED = _state(
    "http.compression.missing", WARNING, "RFC 9110 §8.4", "a large feed is sent packed to those who ask",
    "Feeds shrink to a fifth; every poll costs the rest.",
    "pack it with gzip, better with br, at publishing")  # fmt: skip
UNASKED = _state(
    "http.compression.unasked", ERROR, "RFC 9110 §12.5.3", "nothing is packed for those who do not ask",
    "Simple readers see garbage.", "pack only what Accept-Encoding names")  # fmt: skip
SIZE = _state(
    "http.size.large", WARNING, "none", "a feed has no more than 2 MiB",
    "Many readers refuse or cut larger ones; aggregators recommend less than 1 MB.",
    "offer fewer items, or summaries in place of full texts")  # fmt: skip

# What it is
TYPE_MISSING = _state(
    "http.content-type.missing", WARNING, "RFC 9110 §8.3", "the media type is said",
    "Readers have to guess.", "send Content-Type with the type of the format")  # fmt: skip
TYPE_WRONG = _state(
    "http.content-type.wrong", WARNING, "RFC 9110 §8.3", "the media type is one of feeds",
    "Strict readers refuse it, browsers show it as a page.",
    "send application/rss+xml, application/atom+xml or application/feed+json, as the format is")  # fmt: skip
TYPE_GENERIC = _state(
    "http.content-type.generic", INFO, "RFC 9110 §8.3; RFC 7303", "the media type is that of the format",
    "application/xml and application/json are right, but say nothing to those who look for feeds.",
    "send application/rss+xml, application/atom+xml or application/feed+json, as the format is")  # fmt: skip
CHARSET_MISSING = _state(
    "http.charset.missing", INFO, "RFC 7303 §3", "the media type says its charset",
    "Some readers fall back to Latin-1.", "add ; charset=utf-8")  # fmt: skip
CHARSET_WRONG = _state(
    "http.charset.contradicts", ERROR, "RFC 7303 §3.2", "the charset of the head is that of the XML declaration",
    "The head counts; readers that believe the declaration show other characters.",
    "use UTF-8 and say so in both places, or in the declaration alone")  # fmt: skip
CORS = _state(
    "http.cors.missing", INFO, "Fetch standard, CORS protocol", "web readers may load the feed from other pages",
    "Browsers keep it from readers that run in them.", "add Access-Control-Allow-Origin: *")  # fmt: skip

# How long it holds
CACHE_FORBIDDEN = _state(
    "http.cache.forbidden", WARNING, "RFC 9111 §5.2.2", "caches may store a public feed",
    "Every poll reaches the server itself, and some readers send no validators.",
    "send Cache-Control: public, max-age=300 or what the feed's rhythm is")  # fmt: skip
EXPIRES_PAST = _state(
    "http.expires.past", WARNING, "RFC 9111 §5.3", "Expires is a date to come",
    "It reads as: never store this. Some readers then ignore ETag and Last-Modified too.",
    "leave Expires out and send Cache-Control: max-age")  # fmt: skip
CACHE_SILENT = _state(
    "http.cache.no-lifetime", INFO, "RFC 9111 §4.2", "a feed says how long it holds",
    "Readers and caches guess the rhythm.", "send Cache-Control: max-age with the feed's rhythm")  # fmt: skip
CACHE_LONG = _state(
    "http.cache.long", WARNING, "RFC 9111 §4.2", "a feed holds for no longer than a day",
    "News arrives a day late, and withdrawn stories stay.",
    "send a max-age of minutes, of an hour at most for news")  # fmt: skip
CACHE_CONTRADICTS = _state(
    "http.cache.contradicts", INFO, "RFC 9111 §4.2; RSS 2.0, ttl; RSS module syndication",
    "max-age, ttl and sy:updatePeriod say about the same",
    "Readers follow the longest, caches the head: nobody comes when you think.",
    "say the same rhythm in each, or only in max-age")  # fmt: skip
DATE_MISSING = _state(
    "http.date.missing", WARNING, "RFC 9110 §6.6.1", "answers are dated",
    "Ages cannot be reckoned; dates in Retry-After and Expires hang in the air.",
    "send Date, as every common server does")  # fmt: skip
DATE_OFF = _state(
    "http.date.off", WARNING, "RFC 9110 §6.6.1", "the server's clock is right",
    "What is published now may be hidden as not yet due, or look old.", "set the server's clock with NTP")  # fmt: skip

# Links of the feed about itself
SELF = _state(
    "poll.self.elsewhere", WARNING, "RFC 4287 §4.2.7.2; WebSub §4", "the self link is the address of the feed",
    "Readers subscribe to the self link, and hubs know only that one.",
    "write the final address into the self link")  # fmt: skip
SELF_HEADER = _state(
    "http.link.self-contradicts", WARNING, "WebSub §4; RFC 8288", "head and document state one self link",
    "WebSub takes the head, readers take the document.", "write the same address in both")  # fmt: skip
HUB_HEADER = _state(
    "http.link.hub-contradicts", WARNING, "WebSub §4; RFC 8288", "head and document name the same hubs",
    "Half of the subscribers wait at a hub that is told nothing.", "name the same hubs in both")  # fmt: skip

# The items, in one poll and from one to the next
ID_MISSING = _state(
    "poll.id.missing", WARNING, "RSS 2.0, guid; RFC 4287 §4.2.6", "every item has an id",
    "Readers fall back to link or text, and show edits as new stories.", "give each item a permanent id")  # fmt: skip
ID_DUPLICATE = _state(
    "poll.id.duplicate", ERROR, "RSS 2.0, guid; RFC 4287 §4.1.1", "an id stands for one item",
    "All but one of them are lost.", "give each item an id of its own")  # fmt: skip
ID_CHANGED = _state(
    "poll.id.changed", ERROR, "RSS 2.0, guid; RFC 4287 §4.2.6", "an item keeps its id",
    "Every subscriber gets the story again on each poll.", "mint the id once and store it")  # fmt: skip
DATE_CHANGED = _state(
    "poll.date.changed", ERROR, "RSS 2.0, pubDate; RFC 4287 §4.2.15", "dates change only with the story",
    "Stories jump to the top again and again; aggregators drop such feeds.",
    "store the dates of a story; do not take the time of the request")  # fmt: skip
ITEM_DATELESS = _state(
    "poll.date.missing", WARNING, "RSS 2.0, pubDate; RFC 4287 §4.2.15", "every item is dated",
    "Readers take the time at which they saw it.", "give each item its time of publishing")  # fmt: skip
ITEM_FUTURE = _state(
    "poll.date.future", WARNING, "RSS 2.0; RFC 4287", "no item is dated in the future",
    "Readers keep it on top until then, or hide it.", "publish at that time, with a zone that is right")  # fmt: skip
BUILD_TIME = _state(
    "poll.date.build-time", WARNING, "RFC 4287 §4.2.15; RSS 2.0, lastBuildDate",
    "the feed's date is that of its newest change",
    "Each poll looks like a change: caches and readers work for nothing.",
    "take the date of the newest item in place of the time of the request")  # fmt: skip
BYTES_CHANGED = _state(
    "poll.bytes.changed", WARNING, "RFC 9110 §8.8.1", "the bytes change only with the items",
    "No validator can hold: every poll downloads everything.",
    "leave out what changes by itself: counters, comments with times, random order")  # fmt: skip
ORDER = _state(
    "poll.items.order", WARNING, "none", "the newest item stands first",
    "Readers and widgets that show the first ones show old stories.", "sort by date, newest first")  # fmt: skip
TRACKING = _state(
    "poll.address.tracking", WARNING, "none", "ids and links are free of tracking",
    "The same story has several addresses; privacy tools change them, and with an id the story comes again.",
    "give out the canonical address")  # fmt: skip
SESSION = _state(
    "poll.address.session", ERROR, "none", "ids and links hold no session",
    "Each reader gets other addresses, and all share somebody's session.", "switch sessions off for feeds")  # fmt: skip
