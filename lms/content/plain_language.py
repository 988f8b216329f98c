"""The plain-language gate for what learners read: short sentences, one action each, adult and calm words."""

from __future__ import annotations

import re

from lms.content.sentences import MOST_WORDS, count_words, split_sentences

SENTENCES_A_STEP = 4

FORBIDDEN = {
    r"c['’]est (?:très |tout |vraiment )?facile": "say what to do; what is easy for one is hard for another",
    r"c['’]est (?:très |tout |vraiment )?simple": "say what to do; what is simple for one is hard for another",
    r"il suffit (?:de|d['’])": "say what to do",
    r"vous n['’]avez qu['’]à": "say what to do",
    r"\berreurs?\b": "say what to look at instead",
    r"\bc['’]est faux\b|^faux\b": "say «presque», and what to look at",
    r"\bincorrecte?s?\b": "say «presque», and what to look at",
    r"\béchecs?\b": "say what to do next",
    r"\d\s*%": "no percentage on a learner's screen",
    r"\bpour cent\b": "no percentage on a learner's screen",
    r"\d\s*min(?:utes?)?\b": "no minutes on a learner's screen",
    r"\bURL\b|\bpop-up\b|\b2FA\b|\bvia\b|\betc\b": "no abbreviation and no jargon",
    r"\bweb ?mail\b|\buploader\b|\bscroller\b|\bcliquable\b": "say the everyday word",
    r"\b(?:tu|toi|ton|ta|tes)\b": "learners are «vous»",
}
_FORBIDDEN = [(re.compile(pattern, re.IGNORECASE), advice) for pattern, advice in FORBIDDEN.items()]
_QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"")
_ACTION = re.compile(r"(?<![\w'’-])(?!(?:chez|assez|nez|rez)\b)[a-zàâçéèêëîïôûü]+ez(?![\w])", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:vous|ne|n['’]|y|en|le|la|les|l['’])\s*$", re.IGNORECASE)
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\[([^\]]*)\]\([^)]*\)|^[#>\-*\s]+|[*_`|]", re.MULTILINE)


def find_faults(text: str) -> list[str]:
    """What a text for learners should not say, each as a sentence for its author."""
    plain = strip_markdown(text)
    faults = [
        f"{count_words(one)} words; at most {MOST_WORDS} a sentence: «{one}»"
        for one in split_lines(plain)
        if count_words(one) > MOST_WORDS
    ]
    # What is quoted stands on a real screen: it is shown as it is there.
    own = _QUOTED.sub(" ", plain)
    for pattern, advice in _FORBIDDEN:
        if found := pattern.search(own):
            faults.append(f"«{found[0]}»: {advice}")
    return faults


def find_action_faults(text: str) -> list[str]:
    """Sentences that ask for more than two things at once; «X, puis Y» is two and no more."""
    sentences = split_lines(strip_markdown(text))
    return [f"more than one action: «{one}»" for one in sentences if count_actions(one) > 2]


def count_actions(sentence: str) -> int:
    """Imperatives of a sentence («appuyez»); «vous pouvez» is none."""
    own = _QUOTED.sub(" ", sentence)
    return sum(1 for found in _ACTION.finditer(own) if not _PERSON.search(own[: found.start()]))


def split_lines(plain: str) -> list[str]:
    """Sentences, a line break ending one too."""
    return [one for line in plain.splitlines() for one in split_sentences(line)]


def strip_markdown(text: str) -> str:
    """The words of a Markdown text, line by line, without pictures and marks."""
    return _MARKS.sub(lambda found: found[1] or "", text)
