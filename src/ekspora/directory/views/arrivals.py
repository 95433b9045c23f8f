"""What came by itself: the public page to register, and the pages of owners and companions about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ekspora.core import rates
from ekspora.core.actors import ActorRequest, actor_of, signed_in
from ekspora.core.clock import now
from ekspora.core.documents import clean_document
from ekspora.core.errors import DomainError
from ekspora.core.services import sign_in
from ekspora.directory import rules, wording
from ekspora.directory.forms.arrivals import AccompaniedForm, ClaimForm, OwnForm, RegisterForm
from ekspora.directory.models import Business, Claim, Registration
from ekspora.directory.queries.arrivals import AGAIN, is_open
from ekspora.directory.queries.businesses import own_businesses
from ekspora.directory.services import claims, registrations
from ekspora.directory.services.consents import Said
from ekspora.directory.views.keys import key_of
from ekspora.directory.views.saving import saved, sent


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponseBase:
    """An owner nobody knows registers, and is in; who is signed in already goes to their own page for it."""
    actor = actor_of(request)
    if actor is not None and rules.may_bring_in(actor) and request.method != "POST":
        return redirect("my_business_new")
    form = RegisterForm(sent(request)[0])
    if request.method == "POST":
        action, key = ("register", form.cleaned_data["phone"]) if form.is_valid() else ("unfit", "")
        rates.count(request, action=action, key=key)
        if form.is_valid() and (made := saved(form, lambda: _taken_in(form))) is not None:
            return _let_in(request, form, made)
    context = {"form": form, "consent": wording.consent(), "is_open": is_open()}
    return render(request, "directory/arrivals/register.html", context, status=422 if form.errors else 200)


def _taken_in(form: RegisterForm) -> Registration | Claim:
    """The registration, or a claim where a business has this NIB already: of that one nothing is shown."""
    data, owner, agreed = form.cleaned_data, form.owner(get_language() or "id"), wording.consent()
    if data["nib"] and Business.objects.filter(nib=data["nib"], listings__isnull=False).exists():
        told = {"name": data["name"], "nib": data["nib"], "number": data["phone"]}
        return claims.begin_as_newcomer(key=data["key"], owner=owner, told=told, agreed=agreed)
    return registrations.register(
        key=data["key"], agency=data["agency"], owner=owner, values=form.values(), product=data["product"],
        agreed=agreed,
    )  # fmt: skip


def _let_in(request: HttpRequest, form: RegisterForm, made: Registration | Claim) -> HttpResponseBase:
    """Sign in who filled in the form: it is theirs as long as its key is fresh and it says the same."""
    is_same = made.person.phone == form.cleaned_data["phone"] and made.name == form.cleaned_data["name"]
    if not is_same or now() - made.begun_at > AGAIN:
        form.add_error(None, _("This form was sent already. Open your personal link, or begin anew."))
        context = {"form": form, "consent": wording.consent(), "is_open": True}
        return render(request, "directory/arrivals/register.html", context, status=422)
    target = reverse("my_key") if isinstance(made, Registration) else reverse("my_claim", args=[made.pk])
    agency = made.agency if isinstance(made, Registration) else form.cleaned_data["agency"]
    messages.success(request, _("It has arrived."), extra_tags=request.path)
    return sign_in.by_link(request, token=key_of(made.person, agency, target))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def my_business_new(request: ActorRequest) -> HttpResponseBase:
    """A further business: one's own, or (``?whose=other``) one whose owner agreed that one keeps its record."""
    actor = request.actor
    if not rules.may_bring_in(actor):
        raise Http404
    whose = request.GET.get("whose") or ("other" if rules.accompanies(actor) else "own")
    form = (AccompaniedForm if whose == "other" else OwnForm)(*sent(request))
    if request.method == "POST":
        rates.count(request, action="register", key=f"person:{actor.person.pk}")
        if form.is_valid() and (made := saved(form, lambda: _added(request, form))) is not None:
            words = _("%(name)s is registered.") % {"name": made.business}
            messages.success(request, words, extra_tags=request.path)
            return redirect("my_business", made.business_id)
    consent = wording.consent_of_owner(_("(name of the owner)")) if whose == "other" else wording.consent()
    context = {"form": form, "whose": whose, "consent": consent, "is_open": is_open()}
    context["is_first"] = whose != "other" and not own_businesses(actor).exists()
    return render(request, "directory/arrivals/further.html", context, status=422 if form.errors else 200)


def _added(request: ActorRequest, form: AccompaniedForm | OwnForm) -> Registration:
    data, actor = form.cleaned_data, request.actor
    if Business.objects.holding(data["nib"]).exclude(registration__key=data["key"]).exists():
        raise DomainError(
            _(
                "This NIB is registered already. If the business is yours, say so under “This business is mine”."
            )
        )
    rest: dict[str, Any] = {"agreed": wording.consent()}
    if isinstance(form, AccompaniedForm):
        owner = {"name": data["owner"], "phone": data["phone"], "language": "id"}
        paper = clean_document(data["paper"].read()) if data.get("paper") else None
        said = Said(form.said(), data["when"], paper.content if paper else None)
        rest = {"agreed": wording.consent_of_owner(data["owner"]), "owner": owner, "said": said}
    return registrations.add(
        key=data["key"], agency=data["agency"], person=actor.person, scope=actor.scope, values=form.values(),
        product=data["product"], **rest,
    )  # fmt: skip


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim_new(request: ActorRequest) -> HttpResponseBase:
    """Say that a business of the register is one's own."""
    actor = request.actor
    if not rules.may_bring_in(actor):
        raise Http404
    form = ClaimForm(sent(request)[0])
    if request.method == "POST":
        rates.count(request, action="claim", key=f"person:{actor.person.pk}")
        if form.is_valid():
            told = {name: form.cleaned_data[name] for name in ("name", "nib", "number")}
            made = saved(form, lambda: claims.begin(
                key=form.key_of(), person=actor.person, scope=actor.scope, told=told))  # fmt: skip
            if made is not None:
                messages.success(request, _("It has arrived."), extra_tags=request.path)
                return redirect("my_claim", made.pk)
    return render(
        request, "directory/arrivals/claim_new.html", {"form": form}, status=422 if form.errors else 200
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def my_claim(request: ActorRequest, pk: int) -> HttpResponseBase:
    """How one's claim stands. Through the link sent to the number of the register, POST says that it is so."""
    claim = _own_claim(request, pk)
    may_prove = request.actor.scope == claim.own_scope
    if request.method == "POST":
        if not may_prove:
            raise Http404
        rates.count(request, action="claim", key=f"claim:{pk}")
        _proven(request, claim)
        return redirect("my_claim", pk)
    context = {"claim": claim, "may_prove": may_prove, "reach": wording.reach_of(claim)}
    return render(request, "directory/arrivals/my_claim.html", context)


def _proven(request: ActorRequest, claim: Claim) -> None:
    try:
        claims.prove(
            claim=claim, code="".join(request.POST.get("code", "").split()), actor=request.actor.person
        )
    except DomainError as error:
        messages.error(request, str(error))


@signed_in
@require_POST
def my_claim_withdraw(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Take a claim back: who said it, and not whoever holds the number of the register."""
    claim = _own_claim(request, pk)
    if request.actor.scope == claim.own_scope:
        raise Http404
    claims.withdraw(claim=claim, actor=request.actor.person)
    return redirect("my_claim", pk)


def _own_claim(request: ActorRequest, pk: int) -> Claim:
    claim = Claim.objects.select_related("business", "person").filter(pk=pk).first()
    if claim is None or not rules.is_own_claim(request.actor, claim):
        raise Http404
    return claim
