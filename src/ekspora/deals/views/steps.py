"""Steps of a deal: noted, withdrawn, checked; the file that shows one."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.clock import today
from ekspora.core.documents import document_headers
from ekspora.core.errors import DomainError
from ekspora.deals.forms.steps import StepForm
from ekspora.deals.models import DealStep
from ekspora.deals.queries import ladder
from ekspora.deals.services import steps as services
from ekspora.deals.views.deals import found_deal
from ekspora.directory.views.saving import saved


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def deal_step_new(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Note a step that was reached."""
    deal = found_deal(request, pk)
    form = StepForm(
        request.POST or None, request.FILES or None, deal=deal, today=today(settings.TIME_ZONE),
        initial={"rung": request.GET.get("rung", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        added = saved(form, lambda: services.add(
            deal=deal, key=form.cleaned_data["key"], values=form.values(), file=form.content(),
            actor=request.actor.person))  # fmt: skip
        if added is not None:
            _tell(request, added)
            return redirect("deal", pk)
    return render(request, "deals/step_new.html", {"deal": deal, "form": form})


def _tell(request: ActorRequest, added: services.Added) -> None:
    if added.step.waits_for_check:
        messages.warning(
            request, _("Noted. Something looks wrong: it counts once a colleague has looked at it.")
        )
    else:
        messages.success(request, _("Noted."))
    for text in ladder.warnings_of(found_deal(request, added.step.deal_id)):
        messages.warning(request, text)


@officers_only
@require_POST
def deal_step_withdraw(request: ActorRequest, pk: int, step: int) -> HttpResponse:
    """Take a wrong step back, with the reason."""
    try:
        services.withdraw(
            step=_step(request, pk, step), why=request.POST.get("why", ""), actor=request.actor.person
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The step is withdrawn. It stays in the history with the reason."))
    return redirect("deal", pk)


@officers_only
@require_POST
def deal_step_check(request: ActorRequest, pk: int, step: int) -> HttpResponse:
    """Say how something that looked wrong was checked."""
    try:
        services.check(
            step=_step(request, pk, step), how=request.POST.get("how", ""), actor=request.actor.person
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Checked. The step counts now."))
    return redirect("deal", pk)


def _step(request: ActorRequest, pk: int, step: int) -> DealStep:
    found = next((one for one in ladder.steps_of(found_deal(request, pk)) if one.pk == step), None)
    if found is None:
        raise Http404
    return found


@officers_only
@require_safe
def evidence(request: ActorRequest, pk: int) -> HttpResponse:
    """The file of a step, to be saved and never shown by the browser itself."""
    step = DealStep.objects.filter(pk=pk).first()
    if step is None or not step.file:
        raise Http404
    found_deal(request, step.deal_id)
    name = step.file.name or ""
    try:
        with step.file.open("rb") as file:
            content = file.read()  # at most 10 MB
    except FileNotFoundError:
        raise Http404 from None
    shown = f"evidence-{step.deal_id}-{step.pk}{name[name.rfind('.') :]}"
    own = {"Content-Disposition": f'attachment; filename="{shown}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, headers=document_headers(name) | own)
