"""What does somebody see whose account was closed?"""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from folkmoot.apps.places.models import Account

pytestmark = pytest.mark.django_db
CLOSED = "closed@marram.example"


def test_a_closed_account_is_sent_no_code(client: Client) -> None:
    cache.clear()
    Account.objects.create(email=CLOSED, name="Closed", is_active=False)
    assert client.post("/sign-in/", {"email": CLOSED}).status_code == 302
    assert mail.outbox == []


def test_an_account_closed_before_its_code_is_entered_stays_out(client: Client) -> None:
    cache.clear()
    account = Account.objects.create(email=CLOSED, name="Closed")
    client.post("/sign-in/", {"email": CLOSED})
    code = re.search(r"^[A-Z0-9]{4}-?[A-Z0-9]{4}$", mail.outbox[-1].body, re.MULTILINE)
    Account.objects.filter(id=account.id).update(is_active=False)
    answer = client.post("/sign-in/code/", {"code": code[0]}, follow=True)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
