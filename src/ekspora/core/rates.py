"""How often something may be done: the rates of ``ACCOUNT_RATE_LIMITS``, by address and by a key."""

from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest


def count(request: HttpRequest, *, action: str, key: str = "") -> None:
    """Count one more; where it is too many, the page that says so is the answer, whatever the view would do."""
    if not ratelimit.consume(request, action=action, key=key):
        raise ImmediateHttpResponse(ratelimit.respond_429(request))
