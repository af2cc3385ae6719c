"""What may be typed into notes, circles and erasures, and in which shape?"""

from collections.abc import Sequence
from datetime import date

from django import forms

Choices = Sequence[tuple[str, str]]
BASES: Choices = (
    ("public task", "A public task: their post makes them somebody we work with"),
    ("legitimate interests", "A legitimate interest: we weighed it, and they would expect it"),
    ("consent", "They agreed to it"),
    ("contract", "A contract with them"),
    ("legal obligation", "The law asks for it"),
)
CIRCLES: Choices = (
    ("convenor", "The convenors"),
    ("core", "The core team"),
    ("member", "Every member"),
    ("public", "Everybody, once the partnership is published"),
)


def _day_field(label: str, *, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Give the day.",
            "invalid": "Give a day such as 3 November 2026, as 03/11/2026.",
        },
    )


def circles_within(circle: str) -> Choices:
    """The circles that reach no further than this one."""
    names = [name for name, _ in CIRCLES]
    return CIRCLES[: names.index(circle) + 1]


class NoteForm(forms.Form):
    """A line about a person, where it is from, and why and for whom it is kept."""

    text = forms.CharField(
        label="What is there to keep?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what there is to keep."},
    )
    knowingly = forms.BooleanField(
        label="Keep it all the same",
        required=False,
        help_text="They made it public themselves, they agreed to it, or it is not about that at all.",
    )
    source = forms.CharField(
        label="Where is it from?",
        max_length=200,
        help_text="For example: own words, in conversation; board minutes of 3 November.",
        error_messages={"required": "Say where this is from."},
    )
    basis = forms.ChoiceField(
        label="Why may it be kept?",
        choices=BASES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why this may be kept."},
    )
    circle = forms.ChoiceField(label="Who may see it?", widget=forms.RadioSelect, initial="convenor")
    noted_on = _day_field("On which day was it?")
    review_on = _day_field(
        "When is it looked at again?",
        hint="24 months from today at the latest. Then it is kept anew, or goes.",
    )

    def __init__(self, *args: object, name: str, circle: str, **kwargs: object) -> None:
        """`name` is whom it is about, and `circle` how far the person themself is seen."""
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = f"{name} may read this."
        self.fields["circle"].choices = circles_within(circle)

    def ask_only_what_is_needed(self) -> None:
        """The box to keep it all the same comes only once it is needed, so that nobody ticks it at once."""
        if "knowingly" not in self.errors and not self.data.get("knowingly"):
            del self.fields["knowingly"]


class CorrectionForm(NoteForm):
    """What a note should say instead; its days stay as they are."""

    noted_on = None
    review_on = None


class CircleForm(forms.Form):
    """How far it is seen that a person is known."""

    circle = forms.ChoiceField(
        label="Who may see that they are known, and their posts?",
        choices=CIRCLES,
        widget=forms.RadioSelect,
        help_text="Notes about them reach no further than this. Stances, promises and their address "
        "are for the convenors and themselves alone.",
    )


class ErasureForm(forms.Form):
    """The person's name, typed, to be sure."""

    name = forms.CharField(
        label="Type their name to erase them",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Type their name as it stands above."},
    )


def first_note(today: date, review_on: date) -> dict[str, date | str]:
    """What a new note starts with."""
    return {"noted_on": today, "review_on": review_on, "circle": "convenor"}
