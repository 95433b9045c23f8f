"""Inviting, and the letters as PDF."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ekspora.core.actors import ActorRequest, officers_only
from ekspora.core.errors import DomainError
from ekspora.programmes import queries, tabs
from ekspora.programmes.forms.activities import LetterForm
from ekspora.programmes.letters import letters_pdf
from ekspora.programmes.models import Activity, Participation
from ekspora.programmes.services import invitations as services
from ekspora.programmes.views.access import changeable, page_of, seen, seen_participation


@officers_only
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: ActorRequest, pk: int) -> HttpResponse:
    """Show who will be told what and how; POST prepares letters and messages."""
    activity = changeable(request, pk)
    tabs.show(request, activity, "participants")
    form = LetterForm(request.POST or None, instance=Activity.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            side = _side(request.POST.get("side"))
            made = services.invite(
                activity=activity, letter=form.cleaned_data, side=side, actor=request.actor
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            _tell(request, made)
            return redirect("invite", pk)
    page = page_of(request, queries.to_invite(activity))
    context = {
        "activity": activity, "form": form, "page": page,
        "planned": sum(side["planned"] for side in queries.answers(activity).values()),
        "people": [(row, services.recipient(row)) for row in page.object_list],
    }  # fmt: skip
    return render(request, "programmes/invite.html", context)


def _side(text: str | None) -> str | None:
    return text if text in Participation.Side.values else None


def _tell(request: ActorRequest, made: services.Prepared) -> None:
    text = ngettext(
        "%(count)s message is in the send queue, waiting for you to release it.",
        "%(count)s messages are in the send queue, waiting for you to release them.",
        made.messages,
    )
    messages.success(request, text % {"count": made.messages})
    if made.unreachable:
        names = ", ".join(made.unreachable)
        text = _("Without phone and email, so by letter or by hand: %(names)s.")
        messages.warning(request, text % {"names": names})


@officers_only
@require_safe
def letters(request: ActorRequest, pk: int) -> HttpResponse:
    """All letters of one side (``?side=``) or of both, each on its own page; those who declined get none."""
    activity = seen(request, pk)
    side = _side(request.GET.get("side"))
    people = queries.participations(activity, side).exclude(answer=Participation.Answer.DECLINED)
    rows = list(people.filter(is_walk_in=False))
    if not rows:
        messages.warning(request, _("There is nobody to write to yet."))
        return redirect("participants", pk)
    return _pdf(letters_pdf(activity, queries.agenda(activity), rows), f"letters-{activity.pk}.pdf")


@officers_only
@require_safe
def letter(request: ActorRequest, pk: int) -> HttpResponse:
    """The letter to one business, or the note to the mission of one representative with all its people."""
    row = seen_participation(request, pk)
    rows = [row]
    if row.representative is not None:
        mission = row.representative.mission
        side = queries.participations(row.activity, row.side)
        rows = list(
            side.filter(representative__mission=mission).exclude(answer=Participation.Answer.DECLINED)
        )
    if row not in rows:
        raise Http404
    return _pdf(letters_pdf(row.activity, queries.agenda(row.activity), rows), f"letter-{row.pk}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
