"""What do asks, stances and promises look like in tables?"""

from django.db import models
from django.db.models import F, Q

from folkmoot.apps.places.models import Partnership, Person, Record


class Ask(Record):
    """Something the partnership asks of people; stances are taken towards it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    text = models.CharField(max_length=300)
    made_on = models.DateField()

    class Meta:
        ordering = ["-made_on", "text"]
        constraints = [models.UniqueConstraint(fields=["partnership", "text"], name="one_ask_a_text")]

    def __str__(self) -> str:
        return self.text


class StanceWord(models.TextChoices):
    """How somebody stands towards an ask, from nothing doing to leading it."""

    NOT_NOW = "not now", "Not now"
    WARY = "wary", "Wary"
    WATCHING = "watching", "Watching"
    WARM = "warm", "Warm"
    ACTIVE = "active", "Active"
    CHAMPION = "champion", "Champion"


class Stance(Record):
    """Where a person stood towards an ask on a day, by which evidence, and until when that counts."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT)
    stance = models.CharField(max_length=10, choices=StanceWord.choices)
    on = models.DateField()
    evidence = models.CharField(max_length=500)
    source = models.CharField(max_length=200, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-on", "-recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stance__in=[word.value for word in StanceWord]), name="a_stance_is_known"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("on")),
                name="a_stance_expires_later",
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="a_stance_has_evidence"),
        ]

    def __str__(self) -> str:
        return self.stance


class Promise(Record):
    """What they promised us or we promised them, by when, kept or not, and the thank-you."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        KEPT = "kept", "Kept"
        BROKEN = "broken", "Not kept"

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    ours = models.BooleanField(default=False, help_text="Whether we made it to them.")
    text = models.CharField(max_length=300)
    made_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    settled_on = models.DateField(null=True, blank=True)
    thanked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "made_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_on__isnull=True)
                | Q(state__in=["kept", "broken"], settled_on__isnull=False),
                name="a_settled_promise_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(thanked_on__isnull=True) | Q(state="kept"), name="thanks_are_for_what_was_kept"
            ),
        ]

    def __str__(self) -> str:
        return self.text
