"""What may be chosen when two records become one?"""

from django import forms

from folkmoot.apps.people.duplicates import MergePage


class MergeForm(forms.Form):
    """For each field in which two records differ, which of them is right."""

    def __init__(self, *args: object, page: MergePage, **kwargs: object) -> None:
        """Radio buttons for each difference; the likelier one is chosen."""
        super().__init__(*args, **kwargs)
        for choice in page.choices:
            self.fields[choice.name] = forms.ChoiceField(
                label=choice.words,
                choices=[("kept", choice.kept), ("other", choice.other)],
                widget=forms.RadioSelect,
                initial="other" if choice.prefer_other else "kept",
                error_messages={"required": "Choose one of the two."},
            )

    def from_other(self) -> list[str]:
        """The fields that are taken from the other record."""
        return [name for name, chosen in self.cleaned_data.items() if chosen == "other"]

    def from_kept(self) -> list[str]:
        """The fields of which somebody said that the kept record's are right."""
        return [name for name, chosen in self.cleaned_data.items() if chosen == "kept"]
