"""Does every field of a form have its label, hint and error, and does each name the other?"""

from collections import Counter
from html.parser import HTMLParser

import pytest
from django import forms
from django.template.loader import render_to_string

CHOICES = [("a", "Active"), ("b", "In favour")]


class EveryField(forms.Form):
    """One of each kind of field that pages use."""

    words = forms.CharField(help_text="As it was said.", widget=forms.TextInput(attrs={"class": "extra"}))
    email = forms.EmailField(required=False)
    note = forms.CharField(widget=forms.Textarea)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), help_text="The day it was said.")
    part = forms.ChoiceField(choices=CHOICES)
    stance = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, help_text="On that day.")
    kinds = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="They may read this", help_text="All of it.")
    sheet = forms.FileField(help_text="A CSV file.")
    key = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("This sheet was read already.")


class Reader(HTMLParser):
    """Every tag with its attributes; an attribute given twice is kept as such."""

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.twice = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.twice += [name for name, times in Counter(name for name, _ in attrs).items() if times > 1]

    def all(self, attribute, tag=None):
        return [found[attribute] for name, found in self.tags if attribute in found and tag in (None, name)]


@pytest.fixture
def page():
    """A form with an error in every field, below its summary."""
    form = EveryField({})
    return render_to_string("parts/error_summary.html", {"form": form}) + str(form)


def test_ids_are_unique_and_attributes_stand_once(page):
    read = Reader(page)
    assert [each for each, times in Counter(read.all("id")).items() if times > 1] == []
    assert read.twice == []


def test_what_describes_a_field_is_there(page):
    read = Reader(page)
    named = [each for words in read.all("aria-describedby") for each in words.split()]
    assert set(named) <= set(read.all("id"))
    for name in ("words", "note", "day", "part", "stance", "kinds", "agreed", "sheet"):
        assert f"id_{name}_error" in named


def test_every_field_that_is_seen_has_a_label(page):
    read = Reader(page)
    seen = [
        found["id"]
        for tag, found in read.tags
        if tag in ("input", "select", "textarea") and found.get("type") != "hidden"
    ]
    assert sorted(read.all("for", "label")) == sorted(seen)


def test_the_summary_leads_to_each_field(page):
    read = Reader(page)
    led_to = [address[1:] for address in read.all("href", "a")]
    assert set(led_to) <= set(read.all("id"))
    assert {"id_words", "id_stance_0", "id_kinds_0", "id_agreed", "id_sheet"} <= set(led_to)
    assert "This sheet was read already." in page
    assert page.count('<span class="govuk-visually-hidden">Error:</span>') == 8


def test_own_classes_and_the_developers_stand_together(page):
    assert 'class="govuk-input extra"' in page
    assert page.count("(optional)") == 1


def test_hostile_words_stay_words():
    form = EveryField({"words": '"><script>x</script>'})
    form.fields["part"].choices = [("<b>", "<i>part</i>")]
    assert "<script>" not in str(form)
    assert "<i>part" not in str(form)
