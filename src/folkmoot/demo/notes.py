"""Which notes about people are kept in Marram Bay, and in which circles are people kept?"""

from datetime import date

from folkmoot.demo.shapes import NoteTold

# Whom everybody may see: they were elected, and their posts are public.
PUBLIC = ("nasreen-qureshi", "gareth-lomax", "colin-thwaite", "winifred-hale")
# Whom every member may see: they asked to be found.
OPEN_TO_MEMBERS = ("moira-stannard", "tom-aldous", "yvonne-tapper", "idris-parry")

_TALK, _MEETING = "Own words, in conversation", "Own words, partnership meeting"
_INTEREST, _TASK, _AGREED = "legitimate interests", "public task", "consent"

NOTES = (
    NoteTold("grace-okafor", date(2026, 5, 6),
        "Best reached before nine; Thursdays are for tenders.",
        _TALK, _INTEREST, "core", date(2026, 11, 10)),
    NoteTold("grace-okafor", date(2026, 9, 24),
        "Wants to see another council’s lots before she writes ours. We said we would find one.",
        _TALK, _TASK),
    NoteTold("yvonne-tapper", date(2026, 9, 17),
        "Happy to host again if the hall is warm and there is tea.",
        _MEETING, _AGREED, "member"),
    NoteTold("moira-stannard", date(2026, 6, 10),
        "Asks that papers come a week ahead, so that members can read them.",
        "Letter to the partnership", _AGREED, "member"),
    NoteTold("nasreen-qureshi", date(2026, 6, 3),
        "Holds an open hour at the library on first Saturdays.",
        "Council’s own page", _TASK, "public"),
    NoteTold("dan-whitlock", date(2026, 10, 1),
        "Leaves at the end of January, and offered to introduce who follows.",
        _TALK, _TASK, "core"),
    NoteTold("vikram-sethi", date(2026, 10, 13),
        "We did not send the list as we promised. He would rather hear from Ruth than by mail.",
        _TALK, _INTEREST),
)  # fmt: skip
# A note that was put right: what it says now.
CORRECTED = (
    date(2026, 10, 20), "vikram-sethi", date(2026, 10, 13),
    "We did not send the list as we promised. He would rather hear from Ruth by telephone than by mail.",
)  # fmt: skip
