"""English unless another catalogue is chosen; texts are looked up when they are shown."""

import struct
import sys

import pytest

import annkit
from annkit import language as choose
from annkit.labs import PerceptronLab


def catalogue(texts):
    """A gettext .mo file: a table of originals and a table of translations."""
    texts = {"": "Content-Type: text/plain; charset=UTF-8\n", **texts}
    pairs = sorted((a.encode(), b.encode()) for a, b in texts.items())
    offset, tables, body = 28 + 16 * len(pairs), [], b""
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), offset + len(body)))
            body += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(tables) + body


@pytest.fixture
def korean(tmp_path, monkeypatch):
    folder = tmp_path / "ko" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    texts = {"{right} of {count} right.": "{count}개 중 {right}개 정답."}
    (folder / "annkit.mo").write_bytes(catalogue(texts))
    monkeypatch.setattr(sys.modules["annkit.translation"], "LOCALE", tmp_path)
    yield
    choose("en")


def test_a_lab_speaks_the_chosen_language_from_its_next_words_on(korean):
    lab = PerceptronLab(w1=-1, w2=1, b=1.5)
    assert "4 of 4 right." in lab.describe()
    choose("ko")
    assert "4개 중 4개 정답." in lab.describe()
    choose("en")
    assert "4 of 4 right." in lab.describe()


def test_an_unknown_language_is_refused_and_nothing_changes(korean):
    choose("ko")
    with pytest.raises(ValueError, match="language should be one of en, ko, not 'xx'"):
        choose("xx")
    assert "정답" in PerceptronLab().describe()


def test_the_locale_does_not_decide(korean, monkeypatch):
    monkeypatch.setenv("LANGUAGE", "ko")
    choose("en")
    assert "right" in PerceptronLab().describe()
    assert annkit.language is choose
