"""What do places, partnerships, people and posts look like in tables?"""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from folkmoot.core.kernel.ids import new_id


class Record(models.Model):
    """A row with a random id of its own."""

    id = models.CharField(primary_key=True, max_length=36, default=new_id, editable=False)

    class Meta:
        abstract = True


class Accounts(BaseUserManager["Account"]):
    """Accounts are found by their address, whatever its capitals (Django's sign-in asks for this)."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(Record, AbstractBaseUser):
    """Somebody who signs in. One per address per install; no password is ever set."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = Accounts()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_an_address")]

    def __str__(self) -> str:
        return self.name or self.email


class Place(Record):
    """A town, a borough, a county: where partnerships work."""

    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Partnership(Record):
    """The bodies and people who work on a place together."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=300, blank=True)
    founded_on = models.DateField()
    published = models.BooleanField(default=False)
    zone = models.CharField(max_length=60, default="Europe/London")
    currency = models.CharField(max_length=3, default="GBP")
    target = models.PositiveIntegerField(default=20)
    window_days = models.PositiveIntegerField(default=180)
    # The accent of its pages, as #rrggbb; blank for Folkmoot's own.
    colour = models.CharField(max_length=7, blank=True)
    # What the partnership calls the five levels of posts, by level; what is left out keeps its own name.
    level_words = models.JSONField(default=dict, blank=True)
    # After how many months without news a person's record is looked at again.
    keep_months = models.PositiveSmallIntegerField(default=24)

    def __str__(self) -> str:
        return self.name


class Part(Record):
    """One of the parts of the system, by the partnership's own list."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="one_part_a_name")]

    def __str__(self) -> str:
        return self.name


class Organisation(Record):
    """A body that people hold posts in; an anchor also publishes what it spends."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    part = models.ForeignKey(Part, on_delete=models.SET_NULL, null=True, blank=True)
    sector = models.CharField(max_length=80, blank=True)
    size = models.CharField(max_length=80, blank=True)
    anchor = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("partnership", Lower("name"), name="one_organisation_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CircleOf(models.TextChoices):
    """How far something about a person is seen."""

    CONVENOR = "convenor", "The convenors"
    CORE = "core", "The core team"
    MEMBER = "member", "Every member"
    PUBLIC = "public", "Everybody, once the partnership is published"


IN_A_CIRCLE = Q(circle__in=["convenor", "core", "member", "public"])


class Person(Record):
    """Somebody the partnership knows. Knowing somebody never creates an account."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254, blank=True)
    circle = models.CharField(max_length=12, choices=CircleOf.choices, default=CircleOf.CORE)
    # Where we know them from, and until when their record is kept without being looked at again.
    source = models.CharField(max_length=200, blank=True)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.CheckConstraint(condition=IN_A_CIRCLE, name="a_person_is_in_a_circle")]

    def __str__(self) -> str:
        return self.name


class Level(models.TextChoices):
    """How near the top of their body a post is."""

    ELECTED = "elected", "Elected"
    CHIEF = "chief", "Chief"
    MIDDLE = "middle", "Middle"
    FRONT_LINE = "front line", "Front line"
    NEXT_GENERATION = "next generation", "Next generation"


class Post(Record):
    """A person holds a post in an organisation, from a day to a day."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE)
    # A resident speaks for a part of the system without a body behind them.
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    title = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    part = models.ForeignKey(Part, on_delete=models.SET_NULL, null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_on", "title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="a_post_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Initiative(Record):
    """A piece of work of the partnership."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["partnership", "name"], name="one_initiative_a_name")]

    def __str__(self) -> str:
        return self.name


class MemberRole(models.TextChoices):
    """The roles that somebody can be given."""

    MEMBER = "member", "Member"
    CORE = "core", "Core member"
    CONVENOR = "convenor", "Convenor"


class Membership(Record):
    """An account belongs to a partnership in a role, perhaps as a known person."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    role = models.CharField(max_length=12, choices=MemberRole.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "account"], name="one_membership_an_account"),
            models.CheckConstraint(
                condition=Q(role__in=["member", "core", "convenor"]), name="a_role_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"


class Invitation(Record):
    """Somebody is asked to belong: bound to one address, for some days, once.

    The link that is mailed holds a secret, of which only the hash is kept.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=12, choices=MemberRole.choices)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    account_id = models.CharField(max_length=36, blank=True)  # who invited
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["member", "core", "convenor"]), name="an_invitation_is_to_a_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.role}"


class Token(Record):
    """A program acts for a member, within scopes. It is shown once; only its hash is kept."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    secret_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)  # its first letters, so that its holder knows it again
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_on = models.DateField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return f"{self.name} {self.hint}"


class DiaryLine(models.Model):
    """One act that changed something: ids and times only, chained by hash. No foreign keys, never edited."""

    serial = models.BigAutoField(primary_key=True)
    partnership_id = models.CharField(max_length=36, db_index=True)
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=60)
    account_id = models.CharField(max_length=36, blank=True)
    subject_id = models.CharField(max_length=36, blank=True)
    at = models.DateTimeField()
    detail_hash = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership_id", "number"], name="one_line_a_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


class DiaryDetail(models.Model):
    """What the line was about, in a row that can be erased; the line keeps only its salted hash."""

    serial = models.BigIntegerField(primary_key=True)
    salt = models.CharField(max_length=64)
    text = models.TextField()

    def __str__(self) -> str:
        return self.text


class Job(Record):
    """Long work: what it is about, how far it has come, and when it last said so."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE)
    task = models.CharField(max_length=120)
    subject_id = models.CharField(max_length=36)
    account_id = models.CharField(max_length=36, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    heartbeat = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.task} {self.state}"
