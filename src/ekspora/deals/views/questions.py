"""The second-stage question: officers ask, each side answers with one tap."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ekspora.core.actors import ActorRequest, officers_only, signed_in
from ekspora.core.clock import today
from ekspora.core.errors import DomainError
from ekspora.core.numbers import number_in
from ekspora.deals.forms.questions import MoreForm
from ekspora.deals.models import LaterAnswer
from ekspora.deals.queries import questions as reads
from ekspora.deals.services import questions as services
from ekspora.programmes.views.access import changeable, own_participation


@officers_only
@require_POST
def later_questions(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask everybody to whom the question is due."""
    activity = changeable(request, pk)
    count, unreachable = services.ask(activity=activity, actor=request.actor)
    text = ngettext(
        "%(n)d question waits in the send queue.", "%(n)d questions wait in the send queue.", count
    )
    messages.success(request, text % {"n": count})
    if unreachable:
        text = ngettext(
            "%(n)d participant has no phone number or email.",
            "%(n)d participants have no phone number or email.", unreachable,
        )  # fmt: skip
        messages.warning(request, text % {"n": unreachable})
    return redirect("deals", pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def my_later(request: ActorRequest, pk: int) -> HttpResponse:
    """What has come of each meeting, for either side; a tap is an answer, more can be added."""
    participation = own_participation(request, pk)
    form = None
    if request.method == "POST":
        number = number_in(request.POST.get("encounter")) or 0
        form = MoreForm(request.POST) if request.POST.get("more") else None
        if form is None or form.is_valid():
            try:
                services.answer(
                    participation=participation, encounter=number, stage=request.POST.get("stage", ""),
                    actor=request.actor.person, more=form.cleaned_data if form else None,
                )  # fmt: skip
            except DomainError as error:
                messages.error(request, str(error))
            else:
                messages.success(request, _("Thank you. Your answer is kept; you can change it at any time."))
            return redirect(reverse("my_later", args=[pk]) + f"#e{number}")
        messages.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
    activity = participation.activity
    context = {
        "participation": participation, "activity": activity, "rows": reads.mine(participation),
        "stages": _stages(), "is_over": today(activity.zone) > activity.ends_on,
        "currencies": [code for code, _label in MoreForm.base_fields["currency"].choices if code],  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "deals/my_later.html", context, status=422 if form is not None else 200)


def _stages() -> list[tuple[str, str]]:
    words = {
        "nothing": _("Nothing so far"), "talking": _("Still talking"), "sample": _("Samples sent"),
        "order": _("Order placed"), "shipped": _("Goods shipped"), "paid": _("Paid"),
    }  # fmt: skip
    return [(code, words[code]) for code in LaterAnswer.Stage.values]
