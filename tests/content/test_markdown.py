"""Markdown of lessons: what a beginner sees of it."""

from __future__ import annotations

from lms.content.markdown import render_markdown


def render(text: str) -> str:
    return render_markdown(text, lambda name: f"/pictograms/{name}.svg")


def test_a_line_of_a_lesson_is_a_line_on_the_screen() -> None:
    assert render("Posez la main.\nAppuyez.").count("<br>") == 1


def test_a_guillemet_and_a_colon_never_stand_alone_at_the_end_of_a_line() -> None:
    assert render("Ouvrez « Mes papiers » : là.") == "<p>Ouvrez «\u00a0Mes papiers\u00a0»\u00a0: là.</p>"


def test_a_pictogram_keeps_its_address_and_its_words() -> None:
    html = render("![Prêt ?](picto:souris)")
    assert 'src="/pictograms/souris.svg"' in html
    assert 'alt="Prêt\u00a0?"' in html
