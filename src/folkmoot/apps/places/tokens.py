"""Which programs act for a member, and what may each do?

A token is shown once, when it is made; what is kept is its hash, by which it is found again. A fast hash is
enough: 256 random bits cannot be guessed, so there is nothing to slow down. What a token may do is what its
holder may do at that moment, within the scopes that it was given.
"""

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from folkmoot.apps.places import clock
from folkmoot.apps.places.admitting import HELD, admitted, only
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import Account, Membership, Partnership, Token
from folkmoot.apps.places.turns import in_turn
from folkmoot.core.access import TABLE, Act, Actor, Role, Subject, require
from folkmoot.core.kernel.errors import NotAllowed, Refused

SECRET = re.compile(r"fm_[A-Za-z0-9_-]{43}", re.ASCII)
HINT_LETTERS = 7  # of 46: enough to know it again, far too few to use it
MOST_TOKENS = 20  # a holder, a partnership
SCOPES = tuple(sorted({rule.scope for rule in TABLE.values()}))


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A token on the only page that ever shows its secret."""

    token: Token
    secret: str


@in_turn
def make_token(
    actor: Actor, *, name: str, scopes: Sequence[str], expires_on: date | None = None
) -> MadeToken:
    """A program may act for the actor from now on, within these scopes, to the end of its last day."""
    require(Act.HOLD_TOKEN, actor, _own(actor))
    _be_there_in_person(actor)
    named, given = name.strip(), sorted(set(scopes))
    if not named:
        raise Refused("The token has no name.", "", "Say what will use it.", field="name")
    if not given or not set(given) <= set(SCOPES):
        raise Refused("The token may do nothing.", "", "Choose what it may do.", field="scopes")
    partnership = Partnership.objects.get(id=actor.partnership_id)
    if expires_on and expires_on < clock.today(partnership.zone):
        raise Refused("This day is over.", "", "Choose a day to come, or none.", field="expires_on")
    if _alive(tokens_for(actor), partnership).count() >= MOST_TOKENS:
        raise Refused(f"You hold {MOST_TOKENS} tokens already.", "", "End one that you no longer use.")
    secret = f"fm_{secrets.token_urlsafe(32)}"
    token = Token.objects.create(
        partnership=partnership,
        account_id=actor.account_id,
        name=named,
        secret_hash=hash_of(secret),
        hint=secret[:HINT_LETTERS],
        scopes=given,
        made_at=clock.now(),
        expires_on=expires_on,
    )
    write_line(
        actor,
        Act.HOLD_TOKEN,
        partnership.id,
        token.id,
        made=named,
        scopes=" ".join(given),
        until=str(expires_on or ""),
    )
    return MadeToken(token, secret)


@in_turn
def revoke_token(actor: Actor, *, token_id: str) -> Token:
    """One of the actor's own tokens ends, at once and for good."""
    require(Act.HOLD_TOKEN, actor, _own(actor))
    token = only(admitted(Act.HOLD_TOKEN, actor, Token.objects.filter(id=token_id), HELD))
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        write_line(actor, Act.HOLD_TOKEN, token.partnership_id, token.id, ended=token.name)
    return token


def tokens_for(actor: Actor) -> QuerySet[Token]:
    """The actor's own tokens in this partnership that were not ended, newest first."""
    return admitted(Act.HOLD_TOKEN, actor, Token.objects.filter(revoked_at=None), HELD)


def token_actor(secret: str) -> tuple[Account, Partnership, Actor] | None:
    """Who comes with this token, to which partnership, as whom; None for every token that does not hold.

    It holds while nobody ended it, its last day (in the partnership's zone) is not over, its account is
    open and belongs to the partnership. It is found by its hash, so how long that takes tells nothing of
    the secrets that there are. The day of its last use is written down, at most once a day.
    """
    if not SECRET.fullmatch(secret):
        return None
    rows = Token.objects.select_related("account", "partnership__place")
    token = rows.filter(secret_hash=hash_of(secret), revoked_at=None, account__is_active=True).first()
    if token is None:
        return None
    today = clock.today(token.partnership.zone)
    held = Membership.objects.filter(partnership=token.partnership, account=token.account).first()
    if held is None or (token.expires_on and token.expires_on < today):
        return None
    if token.last_used_on != today:
        Token.objects.filter(id=token.id).update(last_used_on=today)
    actor = Actor(
        Role(held.role),
        token.partnership_id,
        token.account_id,
        held.person_id or "",
        frozenset(token.scopes),
    )
    return token.account, token.partnership, actor


def end_tokens_of(account_id: str, partnership_id: str) -> int:
    """Ends all that somebody holds here, for whoever takes them out; answers how many there were."""
    held = Token.objects.filter(account_id=account_id, partnership_id=partnership_id, revoked_at=None)
    return held.update(revoked_at=clock.now())


def hash_of(secret: str) -> str:
    """How a secret is kept.

    >>> len(hash_of("fm_" + "a" * 43))
    64
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def _own(actor: Actor) -> Subject:
    return Subject(partnership_id=actor.partnership_id, account_id=actor.account_id)


def _alive(tokens: QuerySet[Token], partnership: Partnership) -> QuerySet[Token]:
    return tokens.filter(Q(expires_on=None) | Q(expires_on__gte=clock.today(partnership.zone)))


def _be_there_in_person(actor: Actor) -> None:
    """A token that could make tokens would give itself every scope, and outlive its own last day."""
    if actor.scopes is not None:
        raise NotAllowed(
            "A token cannot make tokens.", "It would choose its own scopes.", "Sign in, and make it there."
        )
