"""How close are two short texts, by their words, their letters and the company that words keep?"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

Floats = npt.NDArray[np.float64]
Meanings = Callable[[Sequence[str]], Floats]  # one row of numbers for each text, near for near meanings
WORD = r"\w+"
PIECE = r"\w+|[^\w\s]+"  # signs and emoji too: people may have placed a text that has nothing else
NOTHING = "∅"  # stands for an empty text that people have placed
MOST_DIRECTIONS = 32
MEANING_COUNTS = 2.0  # times the words: less helps where topics have words of their own, more where not


class Closeness:
    """Texts as directions: words and pairs of words, runs of two to five letters within words, and meanings
    where a model of language is handed in. What all texts share is taken away, so that habits of asking count
    little.
    """

    def __init__(self, texts: Sequence[str], meanings: Meanings | None = None) -> None:
        weights = _weights(texts)
        gram = np.asarray((weights @ weights.T).todense(), dtype=np.float64)
        if meanings is not None:
            rows = _unit(meanings(texts))
            gram = _centred(gram) + MEANING_COUNTS * _centred(rows @ rows.T)
        self.by_meaning = meanings is not None
        self.cosines = _centred(gram)
        most = min(len(texts), MOST_DIRECTIONS)
        values, vectors = eigh(self.cosines, subset_by_index=[len(texts) - most, len(texts) - 1])
        held = np.sqrt(np.clip(values[::-1], 0.0, None))
        self._spread = vectors[:, ::-1] * held
        self._seen: dict[int, Floats] = {}

    def within(self, groups: int) -> Floats:
        """How alike the texts are in as many directions as there are groups, and up to two fewer or
        more: the mean of the five cosines (latent semantic analysis, Deerwester and others 1990)."""
        most = self._spread.shape[1]
        sizes = [min(max(2, size), most) for size in range(groups - 2, groups + 3)]
        return sum((self._cosines(size) for size in sizes), np.zeros_like(self.cosines)) / 5

    def _cosines(self, size: int) -> Floats:
        if size not in self._seen:
            self._seen = {old: one for old, one in self._seen.items() if old >= size - 4}
            unit = _unit(self._spread[:, :size])
            self._seen[size] = unit @ unit.T
        return self._seen[size]


def _weights(texts: Sequence[str]) -> csr_matrix:
    words = TfidfVectorizer(ngram_range=(1, 2), token_pattern=PIECE, sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    texts = [text or NOTHING for text in texts]
    both = hstack([words.fit_transform(texts), letters.fit_transform(texts)])
    return csr_matrix(both / np.sqrt(2.0))


def _centred(gram: Floats) -> Floats:
    """The cosines of the texts as seen from their common middle."""
    rows = gram.mean(axis=0)
    moved = gram - rows[:, None] - rows[None, :] + rows.mean()
    length = np.sqrt(np.clip(np.diag(moved), 1e-12, None))
    return np.asarray(moved / length[:, None] / length[None, :], dtype=np.float64)


def _unit(rows: Floats) -> Floats:
    length = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    return np.asarray(rows / np.maximum(length, 1e-12), dtype=np.float64)
