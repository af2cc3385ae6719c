"""What may be typed into this room, and in which shape?"""

from collections.abc import Sequence
from datetime import date

from django import forms

from folkmoot.core.network import Stance

_DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
Choices = Sequence[tuple[str, str]]


def _day_field(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    told = {"required": "Give the day.", "invalid": "Give a day such as 3 November 2026, as 03/11/2026."}
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        input_formats=_DAYS,
        widget=picker,
        error_messages=told,
    )


MEANS = {
    Stance.NOT_NOW: "said no, for now",
    Stance.WARY: "has worries, and says so",
    Stance.WATCHING: "waits to see how it goes",
    Stance.WARM: "speaks well of it",
    Stance.ACTIVE: "does something for it",
    Stance.CHAMPION: "leads others towards it",
}


class StanceForm(forms.Form):
    """Where somebody stood on a day, and how we know."""

    person = forms.ChoiceField(label="Who", error_messages={"required": "Choose a person."})
    ask = forms.ChoiceField(label="Towards which ask", error_messages={"required": "Choose an ask."})
    stance = forms.ChoiceField(
        label="Where they stand",
        choices=[(str(stance), f"{str(stance).capitalize()}: {MEANS[stance]}") for stance in Stance],
        widget=forms.RadioSelect,
        help_text="Active and champion count as active support. Go by what they said or did.",
        error_messages={"required": "Choose where they stand."},
    )
    on = _day_field("On which day they said or did it")
    evidence = forms.CharField(
        label="How we know",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What they said or did, in their words or from something public. They may read this.",
        error_messages={"required": "Say how we know."},
    )
    source = forms.CharField(
        label="Where it was said",
        max_length=200,
        required=False,
        help_text="For example: own words, in conversation; cabinet minutes of 3 November.",
    )
    expires_on = _day_field(
        "Until when it counts",
        required=False,
        hint="For a “not now” that ends: after this day you may ask again.",
    )

    def __init__(self, *args: object, people: Choices, asks: Choices, today: date, **kwargs: object) -> None:
        """People and asks to choose from; where there is one of them, it is chosen."""
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people if len(people) == 1 else [("", "Choose a person"), *people]
        self.fields["ask"].choices = asks if len(asks) == 1 else [("", "Choose an ask"), *asks]
        self.fields["on"].initial = today


class PromiseForm(forms.Form):
    """What was promised, by whom and by when."""

    ours = forms.ChoiceField(
        label="Who promised", choices=[("theirs", "They promised us"), ("ours", "We promised them")],
        widget=forms.RadioSelect, initial="theirs",
    )  # fmt: skip
    text = forms.CharField(
        label="What was promised", max_length=300, help_text="They may read this.",
        error_messages={"required": "Write down what was promised."},
    )  # fmt: skip
    made_on = _day_field("On which day")
    due_on = _day_field("By when", required=False)

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        """Promised today unless another day is given."""
        super().__init__(*args, **kwargs)
        self.fields["made_on"].initial = today


class AskForm(forms.Form):
    """What the partnership asks of people."""

    text = forms.CharField(
        label="What do you ask of people?",
        max_length=300,
        help_text="In the words in which you would ask it: “Buy in lots that a small local firm can carry”.",
        error_messages={"required": "Write down what you ask."},
    )
