"""How is a published cell written so that a spreadsheet shows it and does not run it?"""

import re

# A spreadsheet set up for East Asian writing takes the full-width signs for the plain ones.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?", re.ASCII).fullmatch


def safe_cell(text: str) -> str:
    """The text with an apostrophe in front when a spreadsheet would take it for a formula.

    Plain numbers stay as they are. See OWASP, "CSV injection".

    >>> safe_cell("=1+1"), safe_cell("-12.50"), safe_cell("-A Ltd"), safe_cell("A Ltd")
    ("'=1+1", '-12.50', "'-A Ltd", 'A Ltd')
    """
    risky = text.startswith(_RISKY) and not (text[1:] and _NUMBER(text))
    return f"'{text}" if risky else text
