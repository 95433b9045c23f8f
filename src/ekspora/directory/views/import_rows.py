"""Rows of a file that resemble a business on the list or each other: looked at and decided before writing."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.directory.queries import imports as reads
from ekspora.directory.services import importing

PAGE = 25
PREFIX = "row-"


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def rows(request: ActorRequest, pk: int) -> HttpResponseBase:
    """What each row resembles and why; an officer says whether it is the same."""
    source = reads.import_for(request.actor, pk)
    if source is None:
        raise Http404
    number = request.GET.get("page")
    if request.method == "POST":
        try:
            importing.decide(source=source, answers=_answers(request), actor=request.actor.person)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Your answers are noted."))
        address = reverse("import_rows", args=[pk])
        return redirect(f"{address}?page={number}" if number and number.isdigit() else address)
    page, found = reads.resembling_rows(source, number, PAGE)
    counts = reads.resembling(source)
    return render(
        request,
        "directory/import_rows.html",
        {"source": source, "page": page, "rows": found, "counts": counts},
    )


def _answers(request: ActorRequest) -> dict[int, int | None]:
    """By row the resemblance it is the same as; "new" for none. What is no number is left out."""
    names = [name for name in request.POST if name.startswith(PREFIX)]
    given = {name.removeprefix(PREFIX): request.POST.get(name, "") for name in names}
    return {
        int(row): int(text) if text.isdecimal() else None
        for row, text in given.items()
        if row.isdecimal() and len(row) < 8 and (text == "new" or (text.isdecimal() and len(text) < 18))
    }
