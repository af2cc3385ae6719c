"""What does an uploaded file look like in a table?

The ledger folder holds the payments, and its manifest says what was read; a row here is rebuilt from it.
"""

from django.db import models
from django.db.models import Q

from folkmoot.apps.places.models import Organisation, Partnership, Record


class Upload(Record):
    """A published file on its way into the ledger, in it, refused, or taken out again.

    `report` holds what a page shows of it, in plain values: see reports.
    """

    class State(models.TextChoices):
        LOOKED = "looked", "Waiting for you to check it"
        READING = "reading", "Being read"
        READ = "read", "Read"
        REFUSED = "refused", "Not read"
        UNDONE = "undone", "Undone"

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    anchor = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.LOOKED)
    part_id = models.CharField(max_length=80, blank=True)
    report = models.JSONField(default=dict, blank=True)
    account_id = models.CharField(max_length=36, blank=True)
    uploaded_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "id"]
        indexes = [models.Index(fields=["partnership", "sha256"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="read") | ~Q(part_id=""), name="a_file_that_was_read_names_its_part"
            ),
            models.UniqueConstraint(
                fields=["partnership", "sha256"],
                condition=Q(state__in=["reading", "read"]),
                name="the_same_bytes_are_read_once",
            ),
            models.UniqueConstraint(
                fields=["partnership", "part_id"], condition=~Q(part_id=""), name="one_file_a_part"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
