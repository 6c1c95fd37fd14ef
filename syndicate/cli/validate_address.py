"""`validate URL`: the document at an address, and what its server says of it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from syndicate.cli.call import Call, emit
from syndicate.cli.web import PACKED, Web
from syndicate.errors import AddressRefused, FetchError
from syndicate.validate.checked import Asked, Checked, check_data, with_findings
from syndicate.validate.poll_head import charset
from syndicate.validate.poll_rules import CHARSET_WRONG
from syndicate.validate.run import Report, order
from syndicate.validate.subscription import Visit, failed, look, validators

if TYPE_CHECKING:
    from syndicate.fetch import Fetcher

# What is said of items that stand in the document, its own rules say with their lines.
_OF_THE_SERVER = ("http.", "poll.self.")


def check_address(call: Call, address: str, asked: Asked, web: Web) -> Checked:
    """The document at the address, checked; that no server answers there is a finding too.

    AddressRefused for an address that is not asked without leave.
    """
    fetcher = web.fetcher(call)
    try:
        visit = _visit(call, fetcher, address)
    except AddressRefused:
        raise
    except FetchError as error:
        # A server that answers wrongly can be mended; that there is none is no fault of a document.
        code = 0 if error.has_answered else error.exit_code
        if code:
            emit(f"Error: {error}", err=True)
        return Checked(name=address, report=Report(format=None, findings=(failed(error),)), exit_code=code)
    told = [finding for finding in look(visit) if finding.rule.id.startswith(_OF_THE_SERVER)]
    if visit.first.status != 200:
        return Checked(name=address, report=Report(format=None, findings=tuple(told)))
    found = check_data(address, visit.first.body, asked, charset(visit.first))
    # The head of the answer is judged already: what it contradicts is told once.
    told = [finding for finding in told if finding.rule is not CHARSET_WRONG]
    return with_findings(found, tuple(sorted((*told, *found.report.findings), key=order)))


def _visit(call: Call, fetcher: "Fetcher", address: str) -> Visit:
    """Ask twice: as somebody new, and as somebody who has the document."""
    first, first_at = fetcher.fetch(address, headers=PACKED), call.clock.now()
    visit = Visit(asked=address, first=first, first_at=first_at, second_at=first_at)
    if first.status != 200 or not validators(first):
        return visit
    try:
        second = fetcher.fetch(first.address, headers={**PACKED, **validators(first)})
    except FetchError as error:
        return replace(visit, failures=(error,))
    again = second if second.status == 200 else first
    return replace(visit, second=second, again=again, second_at=call.clock.now())
