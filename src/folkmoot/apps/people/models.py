"""What do notes about people, imports of contacts and merged records look like in tables?"""

from django.db import models
from django.db.models import F, Q

from folkmoot.apps.places.models import IN_A_CIRCLE, CircleOf, Partnership, Person, Record


class Basis(models.TextChoices):
    """Why the partnership may keep a note: the lawful bases of the UK GDPR, article 6."""

    PUBLIC_TASK = "public task", "A public task"
    LEGITIMATE = "legitimate interests", "A legitimate interest that was weighed"
    CONSENT = "consent", "They agreed to it"
    CONTRACT = "contract", "A contract with them"
    LEGAL = "legal obligation", "The law asks for it"


class Note(Record):
    """A line about a person, fit to be read by them: where it is from, why it is kept, and until when."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    text = models.CharField(max_length=1000)
    source = models.CharField(max_length=200)
    basis = models.CharField(max_length=30, choices=Basis.choices)
    circle = models.CharField(max_length=12, choices=CircleOf.choices, default=CircleOf.CONVENOR)
    noted_on = models.DateField()
    review_on = models.DateField()
    # When the convenors were first told that it is due; what nobody reviews is erased some time after. The
    # days on which the reminder was there to be seen are counted one by one: see core.network.keeping.
    reminded_on = models.DateField(null=True, blank=True)
    reminder_seen_on = models.DateField(null=True, blank=True)
    reminder_days = models.PositiveSmallIntegerField(default=0)
    account_id = models.CharField(max_length=36, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-noted_on", "-recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=IN_A_CIRCLE, name="a_note_is_in_a_circle"),
            models.CheckConstraint(
                condition=Q(basis__in=[basis.value for basis in Basis]), name="a_note_has_a_basis"
            ),
            models.CheckConstraint(
                condition=Q(review_on__gte=F("noted_on")), name="a_note_is_reviewed_after_it_was_made"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class NoteVersion(Record):
    """What a note said before it was corrected, and the circle that it was in while it said so."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE)
    text = models.CharField(max_length=1000)
    source = models.CharField(max_length=200)
    circle = models.CharField(max_length=12, choices=CircleOf.choices, default=CircleOf.CONVENOR)
    corrected_at = models.DateTimeField()
    account_id = models.CharField(max_length=36, blank=True)

    class Meta:
        ordering = ["-corrected_at", "id"]
        constraints = [models.CheckConstraint(condition=IN_A_CIRCLE, name="a_former_note_is_in_a_circle")]

    def __str__(self) -> str:
        return self.text


class ContactsImport(Record):
    """A file of contacts on its way in, brought in, or taken out again.

    `content` holds the file only until it is brought in or put aside; `changes` what it made and changed,
    so that all of it can be undone.
    """

    class State(models.TextChoices):
        LOOKED = "looked", "Waiting for you to check it"
        DONE = "done", "Brought in"
        UNDONE = "undone", "Undone"

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.LOOKED)
    mapping = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    changes = models.JSONField(default=list, blank=True)
    account_id = models.CharField(max_length=36, blank=True)
    uploaded_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "id"]

    def __str__(self) -> str:
        return self.file_name


class Merge(Record):
    """Two records were one person's: what the other record said, and which rows moved, to take it back."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    kept = models.ForeignKey(Person, on_delete=models.CASCADE)
    gone_id = models.CharField(max_length=36, db_index=True)
    gone = models.JSONField(default=dict)  # the other record's own fields
    was = models.JSONField(default=dict)  # the kept record's fields before
    moved = models.JSONField(default=dict)  # ids of the rows that moved, by table
    account_id = models.CharField(max_length=36, blank=True)
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-merged_at", "id"]

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"


class Distinct(Record):
    """Two people look like one and are not: somebody said so."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="distinct_as_one")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="distinct_as_other")
    account_id = models.CharField(max_length=36, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="two_people_are_told_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="the_lower_id_stands_first"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"
