"""What pages for officers and for owners do alike: show a form, save it through a service, say what is
wrong."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ekspora.core.errors import DomainError


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """Data and files of a form that was sent, also of one sent empty."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def saved(form: BaseForm, save: Callable[[], Any]) -> Any:
    """The result of ``save``, or None when a service refused; then the form says why."""
    try:
        return save()
    except DomainError as error:
        form.add_error(None, str(error))
    except IntegrityError:
        form.add_error(
            None, _("Somebody else changed this at the same moment. Look at it again and save once more.")
        )
    return None


def tell_saved(request: HttpRequest, changed: list[str]) -> None:
    """Say whether anything was different."""
    text = _("Saved.") if changed else _("Nothing was changed.")
    messages.success(request, text, extra_tags=request.path)  # what the phone kept of this form may go
