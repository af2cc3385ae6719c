"""Is the look whole, light and legible? Colours, files, classes and weight, read from the files."""

import gzip
import json
import re
from pathlib import Path

import pytest

import folkmoot

PACKAGE = Path(folkmoot.__file__).parent
STATIC = PACKAGE / "site" / "static" / "folkmoot"
THEME = (STATIC / "theme.css").read_text(encoding="utf-8")
FIRST_LOAD = ("govuk.css", "theme.css", "htmx.js", "atkinson-hyperlegible-next.woff2", "icon.svg")

# What stands on what. Words need 4.5 to 1; shapes and lines that carry meaning, 3 to 1
# (WCAG 2.2, success criteria 1.4.3 and 1.4.11).
WORDS = [
    ("ink", ("paper", "card", "tint", "attention-ground", "wrong-ground")),
    ("soft", ("paper", "card", "tint")),
    ("accent", ("paper", "card", "tint")),
    ("attention-ink", ("paper", "card", "attention-ground")),
    ("wrong", ("paper", "card", "wrong-ground")),
    ("on-accent", ("accent",)),
    ("on-wrong", ("wrong",)),
    ("on-band", ("band",)),
    ("paper", ("ink",)),
    ("focus-ink", ("focus",)),
]
SHAPES = [
    ("accent", ("paper", "card", "tint")),
    ("middle", ("paper", "card")),
    ("edge", ("paper", "card")),
    ("attention", ("paper", "card")),
    ("wrong", ("paper", "card")),
    ("underline", ("band",)),
]
FORMS = {
    "light": [":root {\n  color-scheme"],
    "dark": [":root {\n  color-scheme", "prefers-color-scheme: dark) {"],
    "projector": [":root {\n  color-scheme", "\n.projector {"],
    "print": [":root {\n  color-scheme", "@media print {"],
}


def tokens(form: str) -> dict[str, str]:
    """The colours of one form of the page: each block adds to those before it."""
    found: dict[str, str] = {}
    for start in FORMS[form]:
        block = THEME[THEME.index(start) :].split("}", 1)[0]
        found |= dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{3,6})\b", block))
    return found


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21 (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG's relative luminance of a colour written #rgb or #rrggbb."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def too_close(colours: dict[str, str]) -> list[str]:
    """The pairs that do not stand apart enough."""
    return [
        f"{front} on {ground}"
        for pairs, least in ((WORDS, 4.5), (SHAPES, 3.0))
        for front, grounds in pairs
        for ground in grounds
        if contrast(colours[front], colours[ground]) < least
    ]


def test_contrast_is_measured_as_published():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#777", "#fff") == contrast("#777777", "#ffffff")


@pytest.mark.parametrize("form", FORMS)
def test_every_pair_of_colours_stands_apart(form):
    assert too_close(tokens(form)) == []


def test_a_pale_colour_would_be_found():
    assert too_close(tokens("light") | {"soft": "#9a9a9a"}) == [
        "soft on paper",
        "soft on card",
        "soft on tint",
    ]


@pytest.mark.parametrize("form", ["light", "dark", "projector"])
def test_the_two_colours_of_focus_are_seen_on_every_ground(form):
    colours = tokens(form)
    for ground in ("paper", "card", "band", "tint", "accent"):
        assert max(contrast(colours[ring], colours[ground]) for ring in ("focus", "focus-ink")) >= 3, ground


def test_dark_projector_and_paper_rename_no_colour():
    light = tokens("light")
    for form in FORMS:
        assert tokens(form).keys() == light.keys()


def test_every_colour_that_is_used_has_a_name():
    used = set(re.findall(r"var\(--([a-z-]+)\)", THEME))
    assert used <= set(re.findall(r"--([a-z-]+):", THEME))


def test_stylesheets_name_only_files_that_are_here():
    for sheet in STATIC.glob("*.css"):
        for address in re.findall(r"url\(\"?([^\")]+)", sheet.read_text(encoding="utf-8")):
            assert (STATIC / address).is_file(), address


def test_nothing_of_the_governments_own_brand_is_left():
    sheet = (STATIC / "govuk.css").read_text(encoding="utf-8").lower()
    for mark in ("crest", "crown", "gds transport", "govuk-header", "govuk-footer"):
        assert mark not in sheet


def test_scripts_name_no_source_map():
    for script in STATIC.glob("*.js"):
        assert "sourceMappingURL" not in script.read_text(encoding="utf-8")


def test_the_first_load_is_light():
    """Under 100 KB compressed; 8 KB of that are left to the page itself."""
    sizes = {name: len(gzip.compress((STATIC / name).read_bytes())) for name in FIRST_LOAD}
    assert sum(sizes.values()) < 92_000, sizes


def test_what_is_vendored_is_written_down():
    listed = (STATIC / "VENDORED.md").read_text(encoding="utf-8")
    for path in STATIC.iterdir():
        assert path.suffix not in (".css", ".js", ".woff2", ".svg") or path.name in listed, path.name
    package = Path(__file__).parents[2] / "theme" / "package.json"
    pins = json.loads(package.read_text(encoding="utf-8"))["devDependencies"]
    for name, version in pins.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name} is not pinned"
        assert version in listed, name


def classes_in(page: str) -> set[str]:
    """The classes that a template writes out in full."""
    found = " ".join(re.findall(r'\sclass="((?:{%.*?%}|[^"])*)"', page))
    words = re.sub(r"{{.*?}}", "{}", re.sub(r"{%.*?%}", " ", found)).split()
    return {word for word in words if "{}" not in word}


def test_every_class_in_a_template_is_known():
    sheets = THEME + (STATIC / "govuk.css").read_text(encoding="utf-8")
    names = re.findall(r"\.((?:[a-zA-Z_-]|\\.)(?:[\w-]|\\.)*)", sheets)
    # A component's own name counts, although only its parts may be styled.
    known = {each for name in names for each in (name.replace("\\", ""), name.split("__")[0])}
    unknown = {
        f"{path.name}: {name}"
        for path in PACKAGE.rglob("templates/**/*.html")
        for name in classes_in(path.read_text(encoding="utf-8")) - known
    }
    assert unknown == set()


TEMPLATES = {str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8")
             for path in sorted(PACKAGE.rglob("templates/**/*.html"))}  # fmt: skip
INLINE = {
    "an inline style": r"<style\b|\sstyle\s*=",
    "an inline script": r"<script(?![^>]*\ssrc=)",
    "a handler": r"\son[a-z]+\s*=\s*[\"']|\shx-on|javascript:",
}
# What a browser fetches by itself, from another address than the page's own.
FETCHED = re.compile(
    r"<(?:script|img|iframe|embed|source|audio|video|object)\b[^>]*\s(?:src|srcset|data)\s*=\s*[\"']?(?:https?:)?//"
    r"|<link\b[^>]*\shref\s*=\s*[\"']?(?:https?:)?//|url\(\s*[\"']?(?:https?:)?//|@import\b",
    re.IGNORECASE,
)


def inline(page: str) -> list[str]:
    """What a strict content security policy would stop."""
    return [what for what, form in INLINE.items() if re.search(form, page, re.IGNORECASE)]


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_writes_style_or_script_into_the_page(name):
    assert inline(TEMPLATES[name]) == []


def test_inline_style_and_script_would_be_found():
    for planted in (
        '<p style="color:red">',
        "<script>go()</script>",
        '<a onclick="go()">',
        "<style>p{}</style>",
    ):
        assert len(inline(planted)) == 1, planted
    assert inline('<script src="/static/a.js" defer></script>') == []


def test_every_static_file_that_a_template_names_is_here():
    named = {file for page in TEMPLATES.values() for file in re.findall(r"{% static '([^']+)'", page)}
    assert len(named) >= 5
    assert {file for file in named if not (STATIC.parent / file).is_file()} == set()


def test_nothing_is_fetched_from_elsewhere():
    texts = TEMPLATES | {
        path.name: path.read_text(encoding="utf-8")
        for path in STATIC.iterdir() if path.suffix in (".css", ".js", ".svg")
    }  # fmt: skip
    assert {name for name, text in texts.items() if FETCHED.search(text)} == set()


def test_what_is_fetched_from_elsewhere_would_be_found():
    for planted in ('<link rel="stylesheet" href="https://a.example/a.css">', "url(//a.example/a.woff2)",
                    '<script src="//a.example/a.js">', '@import "a.css";'):  # fmt: skip
        assert FETCHED.search(planted), planted
    assert not FETCHED.search('<a href="https://a.example/">a link is followed, not fetched</a>')
