"""Does a picture by itself look as on our pages?"""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from folkmoot.core.pictures import Bar, Frame, bar
from folkmoot.core.pictures.alone import DARK, LIGHT, RULES, alone

THEME = Path(__file__).parents[3] / "src/folkmoot/site/static/folkmoot/theme.css"


def test_its_colours_and_rules_are_those_of_the_pages() -> None:
    css = re.sub(r"\s*/\*.*?\*/", "", THEME.read_text(encoding="utf-8"), flags=re.DOTALL)
    first, second = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    for block, told in ((first, LIGHT), (second, DARK)):
        tokens = dict(re.findall(r"--([\w-]+): (#\w+);", block))
        assert {name: tokens[name] for name in told} == told
    assert set(RULES.split("\n")) == {line for line in css.split("\n") if "pic-" in line}


def test_it_is_whole_and_needs_nothing_else() -> None:
    drawn = alone(bar(Frame("a", "Trees", "Two."), [Bar("Planted <&>", 2, "2")]))
    assert ET.fromstring(drawn).tag == "{http://www.w3.org/2000/svg}svg"
    used = set(re.findall(r"var\(--([\w-]+)\)", drawn))
    assert used <= set(LIGHT) == set(DARK)
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")


def test_its_title_and_words_are_seen_and_nothing_is_cut_off() -> None:
    picture = bar(Frame("a", "Trees", "Two of three were planted. " * 20), [Bar("Planted", 2, "2")])
    tree = ET.fromstring(alone(picture))
    words = [one.text or "" for one in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert words[0] == "Trees"
    assert words[6].endswith("…")
    left, top, wide, high = map(float, tree.attrib["viewBox"].split())
    drawn = max(float(one.attrib["y"]) for one in tree.iter("{http://www.w3.org/2000/svg}text"))
    (moved,) = tree.iter("{http://www.w3.org/2000/svg}g")
    below = float(moved.attrib["transform"].removeprefix("translate(0 ").removesuffix(")"))
    assert (left, top, wide) == (-12, -12, 354)
    assert high - 24 >= max(drawn, below + float(picture.svg.split('viewBox="0 0 330 ')[1].split('"')[0]))
