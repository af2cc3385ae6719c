"""What may be typed about members, tokens and what the partnership says of itself, and in which shape?"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from folkmoot.apps.places.queries import Unjoined
from folkmoot.apps.places.settling import CURRENCIES, LONGEST_WORD, NUMBERS, zones
from folkmoot.apps.places.tokens import SCOPES
from folkmoot.core.network import Level

Choices = Sequence[tuple[str, str]]
ROLES = [
    ("member", "Member: sees the whole, who belongs, and the money down to its payments"),
    ("core", "Core member: sees also people and their posts, and support counted part by part"),
    ("convenor", "Convenor: sees and records everything, invites, and settles what the partnership says"),
]
# What each room's scopes let a program do, in words.
ROOMS = {
    "places": (
        "the whole, who belongs, the diary",
        "people and posts, organisations, parts, members, settings",
    ),
    "people": ("notes and records about people", "contacts, notes, merging and erasing"),
    "network": ("support, stances, asks and promises", "stances, asks and promises"),
    "spend": ("payments, suppliers and files", "uploads of published files"),
}
_NO_ADDRESS = "Give an e-mail address, such as name@example.org."


def scope_words(scope: str) -> str:
    """What a token with this scope may do."""
    room, kind = scope.split(".")
    reads, writes = ROOMS.get(room, (room, room))
    return f"Read {reads}" if kind == "read" else f"Change {writes}"


class InviteForm(forms.Form):
    """Somebody to be invited."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The invitation is bound to it: nobody else can use the letter.",
        error_messages={"required": _NO_ADDRESS, "invalid": _NO_ADDRESS},
    )
    name = forms.CharField(label="Name", max_length=200, required=False)
    role = forms.ChoiceField(label="In which role", choices=ROLES, widget=forms.RadioSelect, initial="member")
    person_id = forms.ChoiceField(
        label="Who they are among the people you have recorded",
        required=False,
        help_text="They will see what is recorded about themselves. Leave it when you are not sure.",
    )

    def __init__(
        self, *args: object, people: Sequence[Unjoined] | None, chosen: str = "", **kwargs: object
    ) -> None:
        """People to choose from; where none is recorded, or too many for a box, nobody is asked. Whoever was
        chosen before stands already in the fields."""
        one = people[0] if chosen and people else None
        initial = {"person_id": one.id, "name": one.name, "email": one.email} if one else None
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["person_id"].choices = [
            ("", "Nobody recorded"),
            *((each.id, each.name) for each in people or ()),
        ]
        if not people:
            del self.fields["person_id"]


class InviteManyForm(forms.Form):
    """Many to be invited in one role."""

    addresses = forms.CharField(
        label="E-mail addresses",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="One a line, with a name if you like: Ada Quill <ada@example.org>",
        error_messages={"required": "Write at least one address."},
    )
    role = forms.ChoiceField(label="In which role", choices=ROLES, widget=forms.RadioSelect, initial="member")


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(label="Role", choices=ROLES, widget=forms.RadioSelect)


class SureForm(forms.Form):
    """A step that cannot be taken back by a stray request: its page sends this along."""

    sure = forms.CharField(
        widget=forms.HiddenInput, initial="yes", error_messages={"required": "Press the button below."}
    )


class JoinForm(forms.Form):
    """How somebody who joins is called, where we do not know it."""

    name = forms.CharField(
        label="Your name",
        max_length=200,
        help_text="Other members see it.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Write your name."},
    )


class TokenForm(forms.Form):
    """A token to be made."""

    name = forms.CharField(
        label="What will use it",
        max_length=100,
        help_text="So that you know it again: the council's spreadsheet, the website.",
        error_messages={"required": "Say what will use it."},
    )
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        choices=[(scope, scope_words(scope)) for scope in SCOPES],
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose as little as will do. It can never do more than you yourself may.",
        error_messages={"required": "Choose what it may do."},
    )
    expires_on = forms.DateField(
        label="Its last day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"required": "Give its last day.", "invalid": "Give a day such as 03/11/2027."},
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        """A year, unless another day is given."""
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].initial = date(today.year + 1, today.month, min(today.day, 28))


class PartForm(forms.Form):
    """A part of the system."""

    name = forms.CharField(
        label="Name of the part", max_length=80, error_messages={"required": "Write down what it is called."}
    )


class RemovePartForm(SureForm):
    """Where that which hangs on a part goes."""

    into = forms.ChoiceField(
        label="Where should they go?", error_messages={"required": "Choose a part for them."}
    )

    def __init__(self, *args: object, others: Choices, **kwargs: object) -> None:
        """The other parts to choose from."""
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [("", "Choose a part"), *others]


class Settling(forms.Form):
    """One thing that the partnership says of itself."""

    title = ""

    def given(self) -> dict[str, Any]:
        """What the action is asked to change, by its own names."""
        return dict(self.cleaned_data)


class NameForm(Settling):
    """Name and purpose line."""

    title = "Name and purpose"
    name = forms.CharField(
        label="Name", max_length=200, error_messages={"required": "Write down what it is called."}
    )
    purpose = forms.CharField(
        label="What it is for, in one line",
        max_length=300,
        required=False,
        help_text="It stands at the top of the whole, in quotation marks.",
    )


class ColourForm(Settling):
    """The colour of its pages."""

    title = "Colour"
    colour = forms.CharField(
        label="Colour of your pages",
        max_length=9,
        required=False,
        help_text="Written like #0b5c5e. It has to be dark enough to be read on our paper; at night it is "
        "lightened by itself. Leave it empty for Folkmoot's own.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "spellcheck": "false"}),
    )


class LevelsForm(Settling):
    """What the five levels are called."""

    title = "Levels in your own words"

    def __init__(self, *args: object, **kwargs: object) -> None:
        """A field a level, named by its place so that no name of a field holds a space."""
        super().__init__(*args, **kwargs)
        words = self.initial.get("level_words", {})
        for place, level in enumerate(Level):
            self.fields[f"level_{place}"] = forms.CharField(
                label=str(level).capitalize(),
                max_length=LONGEST_WORD,
                required=False,
                initial=words.get(str(level), ""),
            )

    def given(self) -> dict[str, Any]:
        """The five as one."""
        return {
            "level_words": {
                str(level): self.cleaned_data[f"level_{place}"] for place, level in enumerate(Level)
            }
        }


class SupportForm(Settling):
    """How support is counted."""

    title = "Supporters you want"
    target = forms.IntegerField(
        label="How many active supporters you want",
        min_value=NUMBERS["target"][0],
        max_value=NUMBERS["target"][1],
    )
    window_days = forms.IntegerField(
        label="After how many days a stance is old news",
        min_value=NUMBERS["window_days"][0],
        max_value=NUMBERS["window_days"][1],
    )


class WhereForm(Settling):
    """Time and money."""

    title = "Time zone and currency"
    zone = forms.ChoiceField(label="Time zone")
    currency = forms.ChoiceField(
        label="Currency",
        choices=[(code, f"{code}, {name}") for code, name in CURRENCIES.items()],
        help_text="It cannot change once payments have been read in.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        """All zones by place."""
        super().__init__(*args, **kwargs)
        self.fields["zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones()]


class KeepForm(Settling):
    """How long records rest."""

    title = "How long records are kept without a look"
    keep_months = forms.IntegerField(
        label="After how many months a person's record is looked at again",
        min_value=NUMBERS["keep_months"][0],
        max_value=NUMBERS["keep_months"][1],
        help_text="Nothing is erased by itself: you are shown what is due, and decide.",
    )


# One thing a page, by its name in the address.
SETTLINGS: dict[str, type[Settling]] = {
    "name": NameForm,
    "colour": ColourForm,
    "levels": LevelsForm,
    "support": SupportForm,
    "where": WhereForm,
    "keeping": KeepForm,
}
