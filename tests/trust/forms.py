"""Which forms does a page hold, and what would a browser send with them?"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from folkmoot.apps.places import clock

TYPED = {
    "email": "new.person@marram.example",
    "date": "",  # today, filled in when asked
    "number": "20",
    "search": "bread",
    "color": "#0b5c5e",
}
# What a field must hold to be taken, where its kind alone does not say so.
BY_NAME = {
    "name": "Market morning",
    "confirm": "",
    "zone": "Europe/London",
    "currency": "GBP",
    "target": "20",
    "window_days": "180",
    "keep_months": "24",
}


@dataclass
class PageForm:
    """One form of a page: where it goes, its fields as they stand, and the ids that one may choose from."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class _Forms(HTMLParser):
    """Reads a page's forms as a browser would send them."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[PageForm] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.address, given.get("action", "")) or self.address
            self.forms.append(PageForm(action, given.get("method", "get").lower()))
        elif self.forms and tag == "input" and given.get("name"):
            self._input(self.forms[-1], given)
        elif self.forms and tag == "textarea" and given.get("name"):
            self.forms[-1].fields[given["name"]] = "Said at the market"
        elif self.forms and tag == "select" and given.get("name"):
            self.select = given["name"]
        elif self.forms and tag == "option" and self.select:
            self._choice(self.forms[-1], self.select, given.get("value", ""), "selected" in given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""

    def _input(self, form: PageForm, given: dict[str, str]) -> None:
        name, kind, value = given["name"], given.get("type", "text"), given.get("value", "")
        if kind == "file":
            form.files.add(name)
        elif kind in ("radio", "checkbox"):
            self._choice(form, name, value or "on", "checked" in given)
        elif kind == "hidden":
            form.fields[name] = value
        elif kind != "submit":
            today = clock.today().isoformat()
            form.fields[name] = value or BY_NAME.get(name) or TYPED.get(kind, "Bread from here") or today

    def _choice(self, form: PageForm, name: str, value: str, chosen: bool) -> None:
        form.choices.setdefault(name, []).append(value)
        if value and (chosen or not form.fields.get(name)):
            form.fields[name] = value


def forms_on(address: str, page: str) -> list[PageForm]:
    """The forms of a page that change something; signing out is none of the page's own."""
    reader = _Forms(address)
    reader.feed(page)
    return [form for form in reader.forms if form.method == "post" and "sign-out" not in form.action]
