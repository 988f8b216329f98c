"""Pages go out compressed to whoever can read them so, and never where another site may choose a part of them."""

from __future__ import annotations

import gzip

from tests.web.house import EXERCISE, House


def test_a_desk_is_sent_compressed_and_is_the_same_page(house: House) -> None:
    client = house.as_role(house.here, "learner")
    path = f"/learn/attempts/{house.here.attempts[EXERCISE]}"
    packed = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < 8000
    assert b'id="island"' in gzip.decompress(packed.data)


def test_who_does_not_ask_for_it_gets_the_plain_page(house: House) -> None:
    plain = house.as_role(house.here, "learner").get("/learn/")
    assert "Content-Encoding" not in plain.headers
    assert "Déclic" in plain.text


def test_an_address_with_a_query_is_never_compressed(house: House) -> None:
    chosen = house.as_role(house.here, "learner").get("/learn/?guess=abc", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in chosen.headers
