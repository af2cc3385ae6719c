"""What may be typed into the pages of contacts, and in which shape?"""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from folkmoot.apps.people.contacts import LARGEST_FILE, MOST_ROWS
from folkmoot.apps.people.contacts_seen import ROLES, SheetSeen

LEFT_OUT = "out"


class ContactsForm(forms.Form):
    """A file of contacts."""

    file = forms.FileField(
        label="The file",
        help_text="A workbook (XLSX, XLS, ODS), a CSV file or vCards (VCF), 10 MB and "
        f"{MOST_ROWS:,} rows at most. Only names are needed; organisation, post, part, level and "
        "e-mail address help.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.ods,.vcf,.vcard"}),
        error_messages={"required": "Choose the file first.", "empty": "This file is empty."},
    )

    def clean_file(self) -> UploadedFile:
        """Within the size that can wait in the database."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > LARGEST_FILE:
            raise forms.ValidationError("This file is larger than 10 MB. Split it in parts.")
        return file


class ColumnsForm(forms.Form):
    """Which sheet and row of headings, and which column holds what."""

    sheet = forms.ChoiceField(label="Sheet", error_messages={"required": "Choose the sheet."})
    heading_line = forms.TypedChoiceField(
        label="Row with the headings", coerce=int, error_messages={"required": "Choose the row."}
    )

    def __init__(self, *args: object, seen: SheetSeen, **kwargs: object) -> None:
        """A choice for each column, as it is read now."""
        super().__init__(*args, **kwargs)
        self.places = {f"column_{column.place}": column.place for column in seen.columns}
        self.fields["sheet"].choices = [(name, name) for name in seen.sheets]
        self.fields["sheet"].initial = seen.sheet
        if len(seen.sheets) < 2:
            del self.fields["sheet"]
        self.fields["heading_line"].choices = [(line, f"Row {line}: {cells}") for line, cells in seen.lines]
        self.fields["heading_line"].initial = seen.line
        for column in seen.columns:
            samples = ", ".join(column.samples)[:80]
            self.fields[f"column_{column.place}"] = forms.ChoiceField(
                label=column.heading or f"Column {column.place + 1}",
                help_text=f"For example: {samples}" if samples else "Nothing stands in it.",
                choices=[(LEFT_OUT, "Leave out"), *ROLES.items()],
                initial=column.role or LEFT_OUT,
                error_messages={"required": "Say what this column holds, or leave it out."},
            )

    def clean(self) -> dict[str, object]:
        """Each role is played by one column."""
        given = super().clean() or {}
        played: dict[str, str] = {}
        for name in self.places:
            role = given.get(name, LEFT_OUT)
            if role in played:
                self.add_error(name, f"“{ROLES[role]}” is read from “{played[role]}” already.")
            elif role != LEFT_OUT:
                played[role] = self.fields[name].label
        return given

    def mapping(self, seen: SheetSeen) -> dict[str, object]:
        """What was told, for the action."""
        given = self.cleaned_data
        columns = {given[name]: place for name, place in self.places.items() if given[name] != LEFT_OUT}
        return {
            "sheet": given.get("sheet", seen.sheet),
            "heading_line": given["heading_line"],
            "columns": columns,
        }
