"""What does somebody fill in in this room?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms

from folkmoot.apps.places.queries import Anchor
from folkmoot.apps.spend import reports
from folkmoot.apps.spend.queries import Choice
from folkmoot.core.spend import Recipe
from folkmoot.core.spend.reading import Kind, Role

ANOTHER = "another"
FINE = (
    "The list of payments as it was published: CSV (.csv, .txt, .tsv) or a workbook (.xlsx, .xls, .ods). "
    "It may be packed (.gz, .zip), and a zip may hold several lists."
)
TYPES = ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods,.gz,.zip,text/csv,application/gzip,application/zip"
MOST_COLUMNS = 60  # shown on the page that checks a file, beside those that are read as something
FURTHEST_HEADING = 10_000  # lines; the file is held as far as there while its headings are looked at
BELOW = "below"


class UploadForm(forms.Form):
    """A published file, and the anchor that published it."""

    anchor = forms.ChoiceField(
        label="The anchor that published it", error_messages={"required": "Choose the anchor."}
    )
    new_anchor = forms.CharField(
        label="The name of another anchor",
        required=False,
        max_length=200,
        help_text="A large body that is rooted here: a council, a hospital, a university, a housing trust.",
    )
    file = forms.FileField(
        label="The file",
        help_text=FINE,
        widget=forms.FileInput(attrs={"accept": TYPES}),
        error_messages={
            "required": "Choose a file.",
            "empty": "This file is empty. Choose another one.",
            "missing": "Choose a file.",
            "invalid": "The file did not arrive. Choose it again.",
        },
    )

    def __init__(self, anchors: Sequence[Anchor], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if anchors:
            names = [(anchor.id, anchor.name) for anchor in anchors]
            self.fields["anchor"].choices = [("", "Choose an anchor"), *names, (ANOTHER, "Another anchor")]
        else:
            del self.fields["anchor"]
            name = self.fields["new_anchor"]
            name.label, name.required = "The anchor that published it", True
            name.error_messages["required"] = "Name the anchor that published the file."

    def clean_new_anchor(self) -> str:
        """A name where no anchor was chosen, and none where one was."""
        name, chosen = self.cleaned_data["new_anchor"].strip(), self.cleaned_data.get("anchor", ANOTHER)
        if chosen == ANOTHER and not name and "anchor" not in self.errors:
            raise forms.ValidationError("Name the anchor that published the file.")
        if chosen != ANOTHER and name:
            raise forms.ValidationError("Name another anchor only where you chose “Another anchor”.")
        return str(name)


class ChoiceForm(forms.Form):
    """Which payments to show; it is never checked, for a query says itself what it cannot find."""

    use_required_attribute = False

    anchor = forms.ChoiceField(label="Anchor")
    year = forms.ChoiceField(label="Year, April to March")
    text = forms.CharField(label="Words in the payment", max_length=200)

    def __init__(self, choice: Choice, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        anchors = [(anchor.id, anchor.name) for anchor in choice.anchors]
        self.fields["anchor"].choices = [("", "All anchors"), *anchors]
        self.fields["year"].choices = [("", "All years"), *((year, year) for year in choice.years)]


class CheckForm(forms.Form):
    """How to read one list: what must be answered, its sheet, its headings, and what each column is.

    `look` is what a look at it found (see reports). `reading` asks for an answer to every question;
    otherwise what stands here is only tried out.
    """

    use_required_attribute = False

    def __init__(self, look: Mapping[str, Any], *args: Any, reading: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.look, self.now, self.reading = look, look["recipe"], reading
        self.roles = reports.roles_of(self.now)
        self.told: dict[str, int] = {}
        self.asked = {f"question-{at}": one for at, one in enumerate(look["questions"]) if _choices(one)}
        for name, question in self.asked.items():
            self.fields[name] = _question(question)
        if len(look["sheets"]) > 1:
            self.fields["sheet"] = _sheet(look, self.now["sheet"])
        self.fields["heading_row"] = _heading_row(self.now)
        if "date_order" not in self.open_keys:
            self.fields["date_order"] = _date_order(look, self.now["date_order"])
        self.fields["decimal_mark"] = forms.ChoiceField(
            label="Amounts are written with",
            choices=list(reports.MARKS.items()),
            initial=self.now["decimal_mark"],
        )
        self.columns = reports.columns_of(self.now, reports.width_of(look))
        shown = [at for at in range(len(self.columns)) if at < MOST_COLUMNS or at in self.roles]
        for at in shown:
            self.fields[f"column-{at}"] = _column(at, self.columns[at], self.roles.get(at, ""))
        self.shown, self.hidden_columns = shown, len(self.columns) - len(shown)

    @property
    def open_keys(self) -> set[str]:
        """What nobody has answered yet."""
        return {question["key"] for question in self.look["questions"]}

    @property
    def answered(self) -> set[str]:
        """The questions that were answered here; columns that are all there answer which they are."""
        given = {one["key"] for name, one in self.asked.items() if self.cleaned_data.get(name)}
        return given | {reports.UNKNOWN}

    @property
    def moved(self) -> bool:
        """Whether another sheet or another line of headings is to be read: then all is guessed anew."""
        return bool({"sheet", "heading_row"} & set(self.changed_data))

    @property
    def questions(self) -> list[forms.BoundField]:
        """The questions, as fields."""
        return [self[name] for name in self.asked]

    @property
    def settings(self) -> list[forms.BoundField]:
        """How the file is written, as fields."""
        return [
            self[name]
            for name in ("sheet", "heading_row", "date_order", "decimal_mark")
            if name in self.fields
        ]

    def rows(self) -> Iterator[tuple[reports.Column, str, forms.BoundField]]:
        """Each column that is shown: its heading, the first cell that is filled, and the field."""
        for at in self.shown:
            cells = (row["cells"][at] for row in self.look["rows"] if at < len(row["cells"]))
            yield self.columns[at], next((cell for cell in cells if cell.strip()), ""), self[f"column-{at}"]

    def clean(self) -> dict[str, Any]:
        """The columns as they are told, each role once and none that is needed missing."""
        chosen = super().clean() or self.cleaned_data
        if self.moved:
            return chosen
        for at in self.shown:
            self._give(chosen.get(f"column-{at}", ""), at)
        for name, question in self.asked.items():
            if answer := chosen.get(name):
                self._answer(question["key"], answer)
            elif self.reading:
                self.add_error(name, f"Answer first: {question['sentence']}")
        for role, words in reports.NEEDED.items():
            if not {role, *(reports.SUMMED if role == "amount" else ())} & set(self.told):
                self.add_error(
                    f"column-{self.shown[0]}" if self.shown else None, f"No column is {words}. Choose one."
                )
        return chosen

    def _give(self, role: str, at: int) -> None:
        if role in self.told:
            words = f"Column {self.told[role] + 1} is “{reports.ROLES[role]}” already. Choose one of them."
            self.add_error(f"column-{at}", words)
        elif role:
            self.told[role] = at

    def _answer(self, key: str, answer: str) -> None:
        """A column that was chosen as the answer of a question takes its role from any other."""
        if not key.startswith("columns.") or answer == BELOW:
            return
        role, at = key.removeprefix("columns."), int(answer) - 1
        role = self.roles.get(self.now["columns"].get(role, -1), role)
        self.told = {one: where for one, where in self.told.items() if one != role and where != at}
        self.told[role] = at

    def recipe(self) -> Recipe:
        """The recipe as it is told here."""
        answers = {one["key"]: self.cleaned_data.get(name) for name, one in self.asked.items()}
        now = Recipe.from_plain(self.now)
        told = replace(
            now,
            date_order=self.cleaned_data.get("date_order") or answers.get("date_order") or now.date_order,
            decimal_mark=answers.get("decimal_mark") or self.cleaned_data["decimal_mark"],
            currency=answers.get("currency") or now.currency,
            kind=Kind.PAYMENTS,
        )
        if self.told == {role: at for at, role in self.roles.items()}:
            return told
        return told.with_columns({Role(role): at for role, at in self.told.items()})

    @property
    def says_more(self) -> bool:
        """Whether anything is told here that was not known before."""
        return bool(self.answered & self.open_keys) or self.recipe() != Recipe.from_plain(self.now)


def _choices(question: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What can be answered; nothing to a question that the columns answer."""
    key, choices = question["key"], [(value, words) for value, words in question["choices"]]
    if key == "columns":
        return [("yes", "Yes, these are the columns"), (BELOW, "No, I choose them below")]
    if key.startswith("columns."):
        words = [(value, words[:1].upper() + words[1:]) for value, words in choices]
        return [*words, (BELOW, "Another one: I choose it below")]
    return choices


class _RoleSelect(forms.Select):
    """A choice of roles, drawn in one go: a page holds one for each of sixty columns."""

    template_name = "spend/role.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template needs, without a widget for each option."""
        choices = [(key, words, key == (value or "")) for key, words in self.choices]
        return forms.Widget.get_context(self, name, value, attrs) | {"choices": choices}


class _Answer(forms.ChoiceField):
    """An answer that is needed to read a file, and not yet to try something out."""

    def clean(self, value: str) -> str:
        return super().clean(value) if value else ""


def _question(question: Mapping[str, Any]) -> forms.ChoiceField:
    return _Answer(
        label=question["sentence"],
        help_text=question["reason"],
        choices=_choices(question),
        widget=forms.RadioSelect,
    )


def _sheet(look: Mapping[str, Any], now: str) -> forms.ChoiceField:
    names = [(one, f"{one} (hidden)" if one in look["hidden"] else one) for one in look["sheets"]]
    return forms.ChoiceField(label="Sheet", choices=names, initial=now)


def _heading_row(now: Mapping[str, Any]) -> forms.IntegerField:
    unit = "row" if now["sheet"] else "line"
    return forms.IntegerField(
        label=f"The headings stand on {unit}",
        help_text="0 where there are none.",
        min_value=0,
        max_value=FURTHEST_HEADING,
        initial=now["heading_row"],
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={
            "required": f"Say on which {unit} the headings stand, or 0.",
            "invalid": "Write a number.",
        },
    )


def _date_order(look: Mapping[str, Any], now: str) -> forms.ChoiceField:
    why = look["because"].get("date_order", "")
    return forms.ChoiceField(
        label="Dates in numbers",
        choices=list(reports.ORDERS.items()),
        initial=now,
        help_text=f"{why[:1].upper()}{why[1:]}." if why else "",
    )


def _column(at: int, column: reports.Column, role: str) -> forms.ChoiceField:
    named = f"Column {at + 1}" + (f", {column.heading}," if column.heading else "")
    return forms.ChoiceField(
        label=named,
        required=False,
        choices=[("", "Kept as it stands"), *reports.ROLES.items()],
        initial=role,
        widget=_RoleSelect(attrs={"aria-label": f"{named} is read as"}),
    )


class RecipeForm(forms.Form):
    """How to read a file, as a text."""

    recipe = forms.CharField(
        label="The recipe",
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": "Write the recipe, or go back."},
        strip=False,
    )
