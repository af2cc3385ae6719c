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
    # Of a zip, the file inside it; of a workbook, the sheet that is read.
    member = models.CharField(max_length=200, blank=True)
    sheet = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.LOOKED)
    part_id = models.CharField(max_length=80, blank=True)
    report = models.JSONField(default=dict, blank=True)
    # How a person said to read it, as Recipe.as_plain; empty while the guess stands.
    recipe = models.JSONField(default=dict, blank=True)
    account_id = models.CharField(max_length=36, blank=True)
    uploaded_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "file_name", "member", "sheet", "id"]
        indexes = [models.Index(fields=["partnership", "sha256"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="read") | ~Q(part_id=""), name="a_file_that_was_read_names_its_part"
            ),
            models.UniqueConstraint(
                fields=["partnership", "sha256", "sheet"],
                condition=Q(state__in=["reading", "read"]),
                name="the_same_bytes_are_read_once",
            ),
            models.UniqueConstraint(
                fields=["partnership", "part_id"], condition=~Q(part_id=""), name="one_file_a_part"
            ),
        ]

    @property
    def title(self) -> str:
        """What it is called: a file in a zip by its own name."""
        return self.member.rsplit("/", 1)[-1] or self.file_name

    @property
    def within(self) -> str:
        """Where in the uploaded file it stands, in words; nothing for a file by itself."""
        told = [f"sheet “{self.sheet}”"] if self.sheet else []
        return ", ".join([*told, f"in {self.file_name}"] if self.member else told)

    @property
    def full_name(self) -> str:
        """The file and what of it, as the ledger keeps it."""
        return f"{self.file_name}/{self.member}" if self.member else self.file_name

    def __str__(self) -> str:
        return self.full_name
