"""What does somebody fill in in this room?"""

from collections.abc import Sequence
from typing import Any

from django import forms

from folkmoot.apps.places.queries import Anchor
from folkmoot.apps.spend.queries import Choice

ANOTHER = "another"
FINE = (
    "The list of payments as it was published, as CSV (it may end in .csv, .txt or .gz). "
    "An Excel workbook: save its sheet as CSV first."
)


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
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.gz,text/csv,application/gzip"}),
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
