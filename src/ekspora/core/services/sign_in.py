"""Beginning a session by a personal link."""

from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from ekspora.core.services import links


def by_link(request: HttpRequest, *, token: str) -> HttpResponse:
    """Use the link and sign its person in, through allauth so that a second factor is still asked for.

    Raises DomainError when the link no longer works.
    """
    account, link = links.use(token=token)
    logout(request)
    request.session["link"] = link.pk
    request.session["link_scope"] = link.scope
    response: HttpResponse = perform_login(
        request, account, email_verification="none", redirect_url=link.target
    )
    return response
