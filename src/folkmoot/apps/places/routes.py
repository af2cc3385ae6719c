"""Through which door does a program come in, and what may it send?

A route is a page for programs: it names its act, takes the same path through queries and actions, and
answers in a shape that is written out. Every room writes its own in `api.py`; the door `folkmoot.api`
gathers them. Nobody is known here but by a token: a browser's cookies open nothing, so no page elsewhere
can use them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router
from ninja.operation import Operation
from ninja.security.base import AuthBase

from folkmoot.apps.places import problems, shapes
from folkmoot.apps.places.callers import caller
from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.problems import Problem, Wrong
from folkmoot.apps.places.queries import actor_for
from folkmoot.apps.places.sent import read_body
from folkmoot.core.access import TABLE, Act, Actor, Circle, Role, Subject, answer
from folkmoot.core.kernel.errors import NotAllowed, NotFound

LONGEST_ID = 100  # letters; no id of ours is longer
MOST_NAMED = 20  # parameters that one answer names
MISSING = problems.NOT_FOUND.sentence
View = TypeVar("View", bound=Callable[..., Any])


class Call(HttpRequest):
    """A request of a program that has come through a partnership's door."""

    partnership: Partnership
    actor: Actor
    turned: tuple[int, int]  # the page that is answered, and the last


@dataclass(frozen=True, slots=True)
class Route:
    """One route as the door, the tests and the guide see it.

    `own` names the part of the address that holds a person's id; `also` are acts that the answer draws on
    beside the route's own.
    """

    room: str
    method: str
    path: str
    act: Act
    own: str = ""
    also: tuple[Act, ...] = ()
    name: str = ""

    @property
    def address(self) -> str:
        """Below /api/, as the table of addresses has it."""
        below = self.path.replace("{", "<").replace("}", ">")
        return f"<slug:partnership>/{self.room}{below}"

    @property
    def acts(self) -> tuple[Act, ...]:
        """All that a caller must be allowed."""
        return (self.act, *self.also)

    @property
    def scopes(self) -> tuple[str, ...]:
        """What a token must have been given."""
        named = [TABLE[act].scope for act in self.acts]
        # What only those may see who may change it is read all the same.
        named += [f"{self.room}.read"] if self.method == "GET" else []
        return tuple(dict.fromkeys(named))


class Door(AuthBase):
    """Who may do the act comes in, and what they send is looked at only then.

    To outsiders closed and missing are one answer; members are told why not. A token opens one
    partnership; at every other one whoever brings it is nobody.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, route: Route) -> None:
        super().__init__()
        self.route = route
        self.operation: Operation | None = None

    def __call__(self, request: Call) -> bool:
        """The request knows its partnership and its actor from here on."""
        captured = dict(request.resolver_match.kwargs)
        home, actor = caller(request)
        try:
            request.partnership, nobody = actor_for(None, captured.pop("partnership"))
        except NotFound:
            raise NotFound(MISSING) from None  # in the very words in which a closed one is missing
        request.actor = actor if home is not None and home.id == request.partnership.id else nobody
        self._let_in(request, str(captured.get(self.route.own, "")))
        if any(len(str(one)) > LONGEST_ID or "\x00" in str(one) for one in captured.values()):
            raise NotFound(MISSING)
        look_at(request, self.operation)
        return True

    def _let_in(self, request: Call, person_id: str) -> None:
        here, actor = request.partnership, request.actor
        # What belongs to an account is shown to whoever holds it. Where an act goes by circles, the door asks
        # whether any could be open; the query looks at each row's own.
        subject = Subject(here.id, here.published, person_id, actor.account_id, Circle.PUBLIC)
        for act in self.route.acts:
            given = answer(act, actor, subject)
            if not given.allowed and actor.partnership_id:
                kind = problems.NOT_ALLOWED
                raise NotAllowed(kind.sentence, given.why_not, kind.next_step)
            if not given.allowed:
                raise NotFound(MISSING)
        lacking = set(self.route.scopes) - (actor.scopes or set())
        if actor.scopes is not None and lacking:
            kind = problems.NOT_ALLOWED
            raise NotAllowed(kind.sentence, f"The token was not given “{min(lacking)}”.", kind.next_step)


def look_at(request: HttpRequest, operation: Operation | None) -> None:
    """Nothing is passed over in silence: a parameter that means nothing here is refused, as is a body."""
    models = {model.__ninja_param_source__: model for model in operation.models} if operation else {}
    asked = getattr(models.get("query"), "__ninja_flatten_map__", {})
    if unknown := sorted(set(request.GET) - set(asked))[:MOST_NAMED]:
        words = "There is no such parameter here."
        raise Problem(problems.SHAPE, wrong=[Wrong(f"query: {name[:60]}", words) for name in unknown])
    read_body(request, models)


class Routes:
    """The routes of one room."""

    def __init__(self, room: str) -> None:
        self.room = room
        self.router = Router(tags=[room])
        self.listed: list[Route] = []

    def get(
        self,
        path: str,
        act: Act,
        gives: Any = None,
        *,
        own: str = "",
        also: tuple[Act, ...] = (),
        media: str = "",
    ) -> Callable[[View], View]:
        """A query; `media` is the type of a download, which the view answers whole."""
        return self._fit(Route(self.room, "GET", path, act, own, also), 200, gives, media)

    def post(self, path: str, act: Act, gives: Any = None, *, made: bool = False) -> Callable[[View], View]:
        """An action; `made` where it makes something, and without `gives` it answers nothing."""
        status = 201 if made else 200 if gives else 204
        return self._fit(Route(self.room, "POST", path, act), status, gives, "")

    def _fit(self, bare: Route, status: int, gives: Any, media: str) -> Callable[[View], View]:
        def fit(view: View) -> View:
            route = replace(bare, name=f"{self.room}_{view.__name__}")
            door = Door(route)
            words, _, more = (view.__doc__ or "").partition("\n")
            self.router.api_operation(
                [route.method],
                route.path,
                auth=door,
                response={status: gives},
                operation_id=route.name,
                url_name=route.name,
                summary=words.strip().removesuffix("."),
                description=_described(route, more),
                openapi_extra=_extra(route, media),
            )(view)
            door.operation = view._ninja_operation
            self.listed.append(route)
            return view

        return fit


def who_may(act: Act) -> str:
    """Whom the table of rules lets in, in words; the operator does not come in here."""
    rule = TABLE[act]
    named = [str(role) for role in Role if role in rule.roles and role is not Role.OPERATOR]
    named += ["themselves"] if rule.own else []
    named += ["whoever holds it"] if rule.own_account else []
    named += ["anybody, once the partnership is published"] if rule.when_published else []
    return ", ".join(named)


def _described(route: Route, more: str) -> str:
    """The rest of what the view says, who may, and what a token needs."""
    scopes = " and ".join(f"“{scope}”" for scope in route.scopes)
    told = f"Open to: {who_may(route.act)}. A token needs {scopes}."
    return "\n\n".join(filter(None, (" ".join(more.split()), told)))


def _extra(route: Route, media: str) -> dict[str, Any]:
    extra: dict[str, Any] = {
        "x-act": str(route.act),
        "x-scopes": list(route.scopes),
        "x-public-once-published": all(TABLE[act].when_published for act in route.acts),
    }
    if media:
        extra["responses"] = {200: {"description": "The whole, line by line.", "content": {media: {}}}}
    return extra


def listed(request: HttpRequest, rows: Sequence[Any] | QuerySet[Any], page: shapes.Page) -> dict[str, Any]:
    """One page of rows, and how many there are in all."""
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    first = (page.page - 1) * page.per_page
    return of_page(request, list(rows[first : first + page.per_page]), total, page)


def of_page(request: HttpRequest, items: Sequence[Any], total: int, page: shapes.Page) -> dict[str, Any]:
    """A page that a query has cut out already; behind the last page there is nothing."""
    last = max(1, -(-total // page.per_page))
    request.turned = (page.page, last)
    return {"items": items if page.page <= last else [], "total": total, "page": page.page, "last": last}
