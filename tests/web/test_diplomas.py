"""What a module prepares for is shown to those who take it: both reforms, with days and source; learners see none."""

from __future__ import annotations

from tests.web.house import House


def test_a_module_for_professionals_says_what_it_prepares_for_under_both_reforms(house: House) -> None:
    page = (
        house.as_role(house.here, "social_worker").get("/learn/exercises/accompagner/detecter").get_data(as_text=True)
    )
    shown = page.partition('id="diplomas"')[2]
    assert "Pour qui est entré en formation jusqu&#39;au 31/08/2026." in shown
    assert "<strong>DC1</strong> Intervention professionnelle en travail social" in shown
    assert "<strong>DC2</strong>" in shown
    assert "<strong>DC4</strong>" not in shown
    assert "Pour qui entre en formation depuis le 01/09/2026." in shown
    assert "Parties\u00a0: 4." in shown
    assert "pas encore vérifiés" in shown
    assert "Relu le 21/11/2026." in shown


def test_a_module_for_learners_says_nothing_of_a_diploma(house: House) -> None:
    page = house.as_role(house.here, "learner").get("/learn/exercises/premiers-pas/souris").get_data(as_text=True)
    assert "diplom" not in page.casefold()


def test_the_desk_of_whoever_accompanies_names_the_parts_of_each_module(house: House) -> None:
    page = house.as_role(house.here, "social_worker").get("/social/").get_data(as_text=True)
    assert "DEASS 2018\u00a0: DC4, DC1" in page
    assert page.count("DEASS 2018\u00a0:") == 6
