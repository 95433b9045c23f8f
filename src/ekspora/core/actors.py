"""Who is asking: the person behind a request, the roles they hold and what their link limits them to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from ekspora.core.models import Account, Membership, Person

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
View = Callable[Concatenate[R, P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person. ``scope`` is empty, or what a personal link limits this session to."""

    person: Person
    roles: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    scope: str = ""

    def agencies(self, role: str = Membership.Role.OFFICER) -> frozenset[int]:
        """Ids of the agencies for which this person acts in a role; none when a link limits the session."""
        if self.scope:
            return frozenset()
        return frozenset(agency for held, agency in self.roles if held == role)

    def may_touch(self, scope: str) -> bool:
        """Whether this session reaches ``scope`` (e.g. ``activity:7``): unlimited ones reach everything."""
        return self.scope in ("", scope)


class ActorRequest(HttpRequest):
    """A request that passed ``signed_in``."""

    actor: Actor


def actor_of(request: HttpRequest) -> Actor | None:
    """The actor of a request, read once; None for visitors."""
    if hasattr(request, "actor"):
        return cast("Actor | None", request.actor)
    actor = None
    user = request.user
    if isinstance(user, Account):
        person = Person.objects.get(pk=user.person_id)
        roles = frozenset(Membership.objects.filter(person=person).values_list("role", "agency_id"))
        actor = Actor(person, roles, request.session.get("link_scope", ""))
    request.actor = actor  # type: ignore[attr-defined]  # remembered for this request
    return actor


def signed_in(view: "View[ActorRequest, P]") -> "View[HttpRequest, P]":
    """Let only signed-in people in; visitors go to the sign-in page and come back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if actor_of(request) is None:
            return redirect_to_login(request.get_full_path())
        return view(cast("ActorRequest", request), *args, **kwargs)

    return cast("View[HttpRequest, P]", guarded)


def by_no_link(view: "View[HttpRequest, P]") -> "View[HttpRequest, P]":
    """Keep sessions out that a personal link limits: to whoever holds it, the account itself does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = actor_of(request)
        if actor is not None and actor.scope:
            raise Http404
        return view(request, *args, **kwargs)

    return cast("View[HttpRequest, P]", guarded)


def officers_only(view: "View[ActorRequest, P]") -> "View[HttpRequest, P]":
    """Let only people in who are an officer of some agency; to everybody else the page does not exist."""

    @wraps(view)
    def guarded(request: ActorRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.actor.agencies():
            raise Http404
        return view(request, *args, **kwargs)

    return signed_in(cast("View[ActorRequest, P]", guarded))
