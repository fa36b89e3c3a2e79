"""Texts of a card in both languages: who changes one is shown what stands in the other, so that none is lost."""

from collections.abc import Mapping

import streamlit as st

from language import LANGUAGES, Language, UserError, language
from response.cards.card import LONGEST, Card, text_in


def both(label: str, before: Mapping[str, str], key: str, lang: Language) -> dict[str, str]:
    """Show a text in the language that is spoken; once it is changed also in the other one, which may be left empty.

    Returns the texts by language code, without those that are empty.
    """
    spoken = before.get(lang.code) or next(iter(before.values()), "")
    text = st.text_input(label, spoken, max_chars=LONGEST, key=key).strip()
    if text == spoken:
        return dict(before)
    found = {lang.code: text} if text else {}
    for code in LANGUAGES:
        if code != lang.code and before.get(code):
            other = st.text_input(_in_other(label, code, lang), before[code], max_chars=LONGEST, key=f"{key}.{code}")
            found |= {code: other.strip()} if other.strip() else {}
    return found


def steps_both(card: Card, key: str, lang: Language) -> tuple[dict[str, str], ...]:
    """Show the steps, one a line; once they are changed also in the other language, line by line the same.

    Raises ``UserError`` when the other language has another number of lines, and is not empty.
    """
    label, before = lang.t("Steps, one a line"), "\n".join(text_in(step, lang) for step in card.steps)
    text = st.text_area(label, before, key=key)
    if text.strip() == before.strip():
        return tuple({str(code): one for code, one in step.items()} for step in card.steps)
    steps = [{lang.code: line} for line in _lines(text)]
    for code in LANGUAGES:
        if code == lang.code or not all(code in step for step in card.steps):
            continue
        kept = "\n".join(text_in(step, language(code)) for step in card.steps)
        others = _lines(st.text_area(_in_other(label, code, lang), kept, key=f"{key}.{code}"))
        if others and len(others) != len(steps):
            raise UserError(
                "The steps have {n} lines, and {other} in the other language. Write as many, or leave those empty.",
                n=len(steps),
                other=len(others),
            )
        steps = [step | {code: other} for step, other in zip(steps, others, strict=True)] if others else steps
    return tuple(steps)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _in_other(label: str, code: str, lang: Language) -> str:
    names = {"nl": lang.t("in Dutch"), "en": lang.t("in English")}
    return f"{label}, {names[code]}"
